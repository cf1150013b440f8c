package dev.keizoku.corpus.versions;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.bytes.Json;
import dev.keizoku.contract.result.Artifact;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.artifact.Manifest;
import dev.keizoku.storage.tokens.CorpusManifest;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A version that lies in the store already, whole.
 *
 * @param manifest of it
 * @param artifact its manifest's address and digest, and the bytes of all its files
 */
public record FoundVersion(CorpusManifest manifest, Artifact artifact) {
  private static final Logger LOG = LoggerFactory.getLogger(FoundVersion.class);

  /** The one in a folder; empty where there is none, or files of it are gone. */
  public static Optional<FoundVersion> in(ObjectStore store, StoreUri folder) {
    var uri = folder.child(Manifest.FILE_NAME);
    if (store.stat(uri).isEmpty()) {
      return Optional.empty();
    }
    var bytes = store.read(uri);
    var manifest = Json.read(bytes, CorpusManifest.class, uri.toString());
    if (!Manifest.isComplete(store, folder, manifest.files())) {
      LOG.warn("{} lacks files of its manifest and is built again", folder);
      return Optional.empty();
    }
    long size = manifest.files().stream().mapToLong(file -> file.bytes()).sum() + bytes.length;
    return Optional.of(
        new FoundVersion(manifest, new Artifact(uri.toString(), Digests.sha256(bytes), size)));
  }
}
