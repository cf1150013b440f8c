package dev.keizoku.storage.tokens;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.artifact.Manifest;
import dev.keizoku.storage.artifact.ManifestFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.LongConsumer;

/** A corpus version in the store: its manifest, and its documents on demand. */
public final class CorpusReader {
  private final ObjectStore store;
  private final StoreUri folder;
  private final CorpusManifest manifest;
  private final String sha256;

  private CorpusReader(ObjectStore store, StoreUri folder, CorpusManifest manifest, String sha256) {
    this.store = store;
    this.folder = folder;
    this.manifest = manifest;
    this.sha256 = sha256;
  }

  /**
   * Opens a version.
   *
   * @param manifestUri of its {@code manifest.json}
   * @param sha256 pinned digest of the manifest; null is not checked
   * @throws dev.keizoku.contract.fault.RunFault user errors {@code ObjectNotFound}, {@code
   *     DigestMismatch}, {@code InvalidJson}, {@code NotACorpus}, {@code CorpusFormatUnknown}
   */
  public static CorpusReader open(ObjectStore store, StoreUri manifestUri, String sha256) {
    var bytes = Manifest.readChecked(store, manifestUri, sha256);
    var manifest = CorpusManifest.parse(bytes, manifestUri);
    if (manifest.formatVersion() != CorpusManifest.FORMAT_VERSION) {
      throw RunFault.userError(
          Reason.CORPUS_FORMAT_UNKNOWN,
          "%s has format %d, this program reads %d; use the program version that built it."
              .formatted(manifestUri, manifest.formatVersion(), CorpusManifest.FORMAT_VERSION));
    }
    return new CorpusReader(store, manifestUri.parent(), manifest, Digests.sha256(bytes));
  }

  /** The version's manifest. */
  public CorpusManifest manifest() {
    return manifest;
  }

  /** Digest of the manifest file. */
  public String sha256() {
    return sha256;
  }

  /**
   * The training documents, fetched into a local folder and checked against their digests.
   *
   * @param scratch local folder; shards that are there already and right are not fetched again
   */
  public TokenDocuments train(Path scratch) {
    return train(scratch, bytes -> {});
  }

  /**
   * The same, telling how it goes on.
   *
   * @param fetched called after each file, with its bytes
   */
  public TokenDocuments train(Path scratch, LongConsumer fetched) {
    return fetch(manifest.train(), scratch, fetched);
  }

  /** The held-out documents, in the same way. */
  public TokenDocuments heldOut(Path scratch) {
    return fetch(manifest.heldOut(), scratch, bytes -> {});
  }

  /** Tokens of each training document; the tokens themselves are not read. */
  public int[] trainLengths() {
    return manifest.train().shards().stream()
        .map(CorpusManifest.Shard::idx)
        .map(file -> ShardIndex.parse(read(file), folder.child(file.path()).toString()))
        .flatMapToInt(index -> Arrays.stream(index.lengths()))
        .toArray();
  }

  /**
   * Reads the keys of the training documents.
   *
   * @return false for versions of releases that kept none
   */
  public boolean trainKeys(DocumentKeys.Sink sink) {
    return keys(DocumentKeys.TRAIN, manifest.train(), sink);
  }

  /** Reads the keys of the held-out documents, in the same way. */
  public boolean heldOutKeys(DocumentKeys.Sink sink) {
    return keys(DocumentKeys.HELD_OUT, manifest.heldOut(), sink);
  }

  private boolean keys(String path, CorpusManifest.Split split, DocumentKeys.Sink sink) {
    var listed = manifest.files().stream().filter(file -> file.path().equals(path)).findFirst();
    listed.ifPresent(
        file -> {
          requireKeys(file, file.bytes(), split);
          requireKeys(file, Manifest.stream(store, folder, file, new DocumentKeys(sink)), split);
        });
    return listed.isPresent();
  }

  private void requireKeys(ManifestFile file, long bytes, CorpusManifest.Split split) {
    if (bytes != split.documents() * DocumentKeys.BYTES) {
      throw RunFault.userError(
          Reason.INVALID_SHARD,
          "%s has keys of %d documents and not of %d; build the corpus again."
              .formatted(folder.child(file.path()), bytes / DocumentKeys.BYTES, split.documents()));
    }
  }

  private byte[] read(ManifestFile file) {
    return Manifest.read(store, folder, file);
  }

  private TokenDocuments fetch(CorpusManifest.Split split, Path scratch, LongConsumer fetched) {
    var root = scratch.resolve(manifest.version());
    return TokenDocuments.open(
        split.shards().stream()
            .map(
                shard ->
                    new TokenDocuments.ShardFiles(
                        fetch(shard.bin(), root, fetched),
                        fetch(shard.idx(), root, fetched),
                        shard.ids() == null ? null : fetch(shard.ids(), root, fetched)))
            .toList());
  }

  private Path fetch(ManifestFile file, Path root, LongConsumer fetched) {
    var local = root.resolve(file.path()).normalize();
    if (!local.startsWith(root)) {
      throw RunFault.userError(Reason.INVALID_JSON, folder + " names a file outside of itself.");
    }
    // Its name appears only after its digest was right (see ObjectStore.download), size tells the
    // rest.
    if (!Files.isRegularFile(local) || local.toFile().length() != file.bytes()) {
      Manifest.download(store, folder, file, local);
    }
    fetched.accept(file.bytes());
    return local;
  }
}
