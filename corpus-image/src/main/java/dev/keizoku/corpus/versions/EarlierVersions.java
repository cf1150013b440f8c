package dev.keizoku.corpus.versions;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.corpus.spool.DocumentEntry;
import dev.keizoku.corpus.spool.DroppedDocument;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.tokens.CorpusManifest;
import dev.keizoku.storage.tokens.CorpusReader;
import dev.keizoku.storage.tokens.DocumentKeys;
import java.util.ArrayList;
import java.util.List;

/** What earlier versions held out, and what they have already. */
public final class EarlierVersions {
  /** Why a document is dropped that says the same as one of an earlier version. */
  public static final String REASON = "inEarlierVersion";

  private final ObjectStore store;

  /**
   * @param store where they are
   */
  public EarlierVersions(ObjectStore store) {
    this.store = store;
  }

  /**
   * Documents without those that earlier versions have.
   *
   * @param against URIs of their {@code manifest.json}
   * @param dropped gets those that go
   * @return those that stay
   */
  public List<DocumentEntry> without(
      List<DocumentEntry> all, List<String> against, List<DroppedDocument> dropped) {
    var known = keys(against);
    var left = new ArrayList<DocumentEntry>();
    for (var entry : all) {
      if (known.contains(entry.key())) {
        dropped.add(new DroppedDocument(entry, REASON, null));
      } else {
        left.add(entry);
      }
    }
    return left;
  }

  private KeySet keys(List<String> manifests) {
    var keys = new KeySet();
    for (var manifest : manifests) {
      var version = open(manifest);
      require(version.trainKeys(keys.another()), manifest, DocumentKeys.TRAIN);
      require(version.heldOutKeys(keys.another()), manifest, DocumentKeys.HELD_OUT);
    }
    return keys;
  }

  /**
   * The keys of the documents that versions held out.
   *
   * @param manifests URIs of their {@code manifest.json}
   */
  public KeySet heldOut(List<String> manifests) {
    var keys = new KeySet();
    for (var manifest : manifests) {
      require(open(manifest).heldOutKeys(keys.another()), manifest, DocumentKeys.HELD_OUT);
    }
    return keys;
  }

  /**
   * What versions are called, in order, whatever bucket they lie in.
   *
   * @param manifests URIs of their {@code manifest.json}
   */
  public List<String> digests(List<String> manifests) {
    return manifests.stream()
        .map(uri -> CorpusManifest.read(store, StoreUri.parse(uri), null).version())
        .sorted()
        .distinct()
        .toList();
  }

  private CorpusReader open(String manifest) {
    return CorpusReader.open(store, StoreUri.parse(manifest), null);
  }

  private static void require(boolean there, String manifest, String path) {
    if (!there) {
      throw RunFault.userError(
          Reason.CORPUS_FORMAT_UNKNOWN,
          "%s is of a release that kept no %s; build that version again and name the new one."
              .formatted(manifest, path));
    }
  }
}
