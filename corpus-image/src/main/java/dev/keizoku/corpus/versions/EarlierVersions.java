package dev.keizoku.corpus.versions;

import dev.keizoku.contract.corpus.Deduplication;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.corpus.dedup.KeySet;
import dev.keizoku.corpus.spool.DocumentEntry;
import dev.keizoku.corpus.spool.DroppedDocument;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.tokens.CorpusManifest;
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
   * Documents without those that earlier versions have, or have nearly where that is asked.
   *
   * @param near finds the latter
   * @param dropped gets those that go
   * @return those that stay
   */
  public List<DocumentEntry> without(
      List<DocumentEntry> all,
      Deduplication deduplication,
      EarlierNear near,
      List<DroppedDocument> dropped)
      throws Exception {
    var known = keys(deduplication.against());
    List<DocumentEntry> left = new ArrayList<DocumentEntry>();
    for (var entry : all) {
      if (known.contains(entry.key())) {
        dropped.add(new DroppedDocument(entry, REASON, null));
      } else {
        left.add(entry);
      }
    }
    if (deduplication.near()) {
      for (var manifest : deduplication.against()) {
        left = near.without(left, StoreUri.parse(manifest), dropped);
      }
    }
    return left;
  }

  private KeySet keys(List<String> manifests) {
    var keys = new KeySet();
    for (var manifest : manifests) {
      keys.addAll(read(manifest, DocumentKeys.TRAIN));
      keys.addAll(read(manifest, DocumentKeys.HELD_OUT));
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
    manifests.forEach(manifest -> keys.addAll(read(manifest, DocumentKeys.HELD_OUT)));
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

  private byte[] read(String uri, String path) {
    var manifest = StoreUri.parse(uri);
    var known = CorpusManifest.read(store, manifest, null);
    if (known.files().stream().noneMatch(file -> file.path().equals(path))) {
      throw RunFault.userError(
          Reason.CORPUS_FORMAT_UNKNOWN,
          "%s is of a release that kept no %s; build that version again and name the new one."
              .formatted(uri, path));
    }
    return store.read(manifest.parent().child(path));
  }
}
