package dev.keizoku.storage;

import dev.keizoku.contract.result.Artifact;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Reads and writes whole objects by URI. Safe for use from many threads.
 *
 * <p>Nothing that is written becomes visible before it is complete. Every method throws {@link
 * dev.keizoku.contract.fault.RunFault}: at once and as a user error for what only the user can mend
 * (bucket or object missing, credentials refused, URI malformed), and as "try again" after the
 * retries for a store that stays away.
 */
public interface ObjectStore extends AutoCloseable {

  /** Largest object that {@link #read} and {@link #readRange} take into memory, in bytes. */
  int MAX_IN_MEMORY_BYTES = 512 << 20;

  /** The object's size, or empty when there is none at {@code uri}. */
  Optional<ObjectInfo> stat(StoreUri uri);

  /**
   * What names an object's content, without reading it: a digest that this store checks whenever
   * the object is read whole. Empty where the store knows none.
   */
  default Optional<String> digest(StoreUri uri) {
    return Optional.empty();
  }

  /**
   * All objects below a folder, at any depth, sorted by URI (UTF-16 order).
   *
   * @param folder URI, with or without a slash at its end; one that does not exist is empty
   */
  List<ObjectInfo> list(StoreUri folder);

  /** The bytes from the first to the last; a connection that breaks is resumed where it broke. */
  InputStream open(StoreUri uri);

  /**
   * Part of an object.
   *
   * @param offset first byte, from 0
   * @param length bytes wanted, at most {@link #MAX_IN_MEMORY_BYTES}
   * @return exactly {@code length} bytes
   * @throws dev.keizoku.contract.fault.RunFault user error {@code ObjectTooShort} when the object
   *     ends before
   */
  byte[] readRange(StoreUri uri, long offset, int length);

  /** A small object whole, at most {@link #MAX_IN_MEMORY_BYTES}. */
  default byte[] read(StoreUri uri) {
    var info = stat(uri).orElseThrow(() -> StorageFaults.notFound(uri));
    return readRange(uri, 0, StorageFaults.inMemory(info));
  }

  /** Writes a small object; one that exists is replaced. */
  default Artifact put(StoreUri uri, byte[] content) {
    try (var upload = create(uri)) {
      upload.write(content);
      return upload.commit();
    }
  }

  /**
   * Begins an object of unknown size, sent in parts as it is written.
   *
   * @return a stream to be ended by {@link ObjectUpload#commit}; closing it before that drops all
   */
  ObjectUpload create(StoreUri uri);

  /** Copies a local file into the store. */
  default Artifact upload(Path file, StoreUri uri) {
    return StreamCopy.upload(this, file, uri);
  }

  /**
   * Copies an object to a local file, which appears only when it is complete.
   *
   * @return URI, digest and size of what was read
   */
  default Artifact download(StoreUri uri, Path file) {
    return download(uri, file, bytes -> {});
  }

  /**
   * The same, telling how it goes on.
   *
   * @param received called as bytes come, with how many came since the last call
   */
  default Artifact download(StoreUri uri, Path file, LongConsumer received) {
    return StreamCopy.download(this, uri, file, received);
  }

  /**
   * Removes what was sent of an object whose writer was killed before it was complete. Not while
   * somebody writes it. Whoever may not do that is told by a warning in the log only.
   *
   * @return how many uploads were removed
   */
  default int dropUnfinished(StoreUri uri) {
    return 0;
  }

  /** Removes an object; none there is no fault. */
  void delete(StoreUri uri);

  /**
   * Removes all objects below a folder.
   *
   * @return how many there were
   */
  int deleteFolder(StoreUri folder);

  /** Makes the bucket of {@code uri} (or the local folder) unless it is there. */
  void ensureBucket(StoreUri uri);

  /** Ends connections. */
  @Override
  void close();
}
