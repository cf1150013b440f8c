package dev.keizoku.corpus.read;

import dev.keizoku.storage.ObjectInfo;
import dev.keizoku.storage.StoreUri;
import java.util.Optional;

/** What earlier builds learnt of objects, so that one that is the same still is not read again. */
public interface KnownDigests {

  /**
   * The sha256 of an object that was read before and has the same size and tag.
   *
   * @param tag what its store calls this content
   */
  Optional<String> of(ObjectInfo object, String tag);

  /** Notes an object that was read. */
  void note(ObjectInfo object, String tag, String sha256);

  /** Forgets an object that is not what it was, though its size and tag say so. */
  void forget(StoreUri uri);

  /** Nothing, where no earlier build is asked. */
  static KnownDigests none() {
    return new KnownDigests() {
      @Override
      public Optional<String> of(ObjectInfo object, String tag) {
        return Optional.empty();
      }

      @Override
      public void note(ObjectInfo object, String tag, String sha256) {
        // Nobody asks later.
      }

      @Override
      public void forget(StoreUri uri) {
        // It was never known.
      }
    };
  }
}
