package dev.keizoku.corpus.build;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.corpus.dedup.KeySet;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.artifact.Manifest;
import dev.keizoku.storage.tokens.CorpusManifest;
import dev.keizoku.storage.tokens.DocumentKeys;
import java.util.List;

/** What earlier versions held out, and what they trained on. */
final class EarlierVersions {
  private final ObjectStore store;

  EarlierVersions(ObjectStore store) {
    this.store = store;
  }

  /**
   * The keys of all documents of versions.
   *
   * @param manifests URIs of their {@code manifest.json}
   */
  KeySet all(List<String> manifests) {
    var keys = new KeySet();
    for (var manifest : manifests) {
      keys.addAll(read(manifest, DocumentKeys.TRAIN));
      keys.addAll(read(manifest, DocumentKeys.HELD_OUT));
    }
    return keys;
  }

  /** The keys of the documents that versions held out. */
  KeySet heldOut(List<String> manifests) {
    var keys = new KeySet();
    manifests.forEach(manifest -> keys.addAll(read(manifest, DocumentKeys.HELD_OUT)));
    return keys;
  }

  /** What versions are called, in order, whatever bucket they lie in. */
  List<String> digests(List<String> manifests) {
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
    var name = Manifest.FILE_NAME;
    var folder = uri.substring(0, uri.length() - name.length());
    return store.read(StoreUri.parse(folder + path));
  }
}
