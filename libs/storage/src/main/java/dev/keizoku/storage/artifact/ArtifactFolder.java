package dev.keizoku.storage.artifact;

import dev.keizoku.contract.bytes.Json;
import dev.keizoku.contract.result.Artifact;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.ObjectUpload;
import dev.keizoku.storage.StoreUri;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A folder in the store while it is filled: keeps the list of what was written and commits it with
 * the manifest. Safe for use from many threads.
 */
public final class ArtifactFolder {
  private static final int BUFFER_BYTES = 1 << 20;

  private final ObjectStore store;
  private final StoreUri folder;
  private final List<ManifestFile> files = new ArrayList<>();

  /**
   * @param folder URI
   */
  public ArtifactFolder(ObjectStore store, StoreUri folder) {
    this.store = store;
    this.folder = folder;
  }

  /** Where {@code path} is. */
  public StoreUri uri(String path) {
    return folder.child(path);
  }

  /** Writes a small file. */
  public ManifestFile put(String path, byte[] content) {
    return add(path, store.put(uri(path), content));
  }

  /** Copies a local file. */
  public ManifestFile upload(String path, Path file) {
    return add(path, store.upload(file, uri(path)));
  }

  /** What a file of any length holds. */
  @FunctionalInterface
  public interface Content {
    /** Writes it; the stream stays open. */
    void write(OutputStream out) throws IOException;
  }

  /** Writes a file of any length. */
  public ManifestFile write(String path, Content content) throws IOException {
    try (var upload = create(path)) {
      var buffered = new BufferedOutputStream(upload, BUFFER_BYTES);
      content.write(buffered);
      buffered.flush();
      return add(path, upload.commit());
    }
  }

  /** Begins a file; what its {@code commit} returns is to be given to {@link #add}. */
  public ObjectUpload create(String path) {
    return store.create(uri(path));
  }

  /** Removes what a killed writer left of a file; see {@link ObjectStore#dropUnfinished}. */
  public void dropUnfinished(String path) {
    store.dropUnfinished(uri(path));
  }

  /** Notes a file that was written. */
  public ManifestFile add(String path, Artifact written) {
    var file = new ManifestFile(path, written.bytes(), written.sha256());
    synchronized (files) {
      files.removeIf(known -> known.path().equals(path));
      files.add(file);
    }
    return file;
  }

  /** What was written so far, sorted by path. */
  public List<ManifestFile> files() {
    synchronized (files) {
      return files.stream().sorted(Comparator.comparing(ManifestFile::path)).toList();
    }
  }

  /**
   * Writes the manifest: from now on the artifact is there.
   *
   * @return the manifest's URI and digest, and the size of the whole folder
   */
  public Artifact commit(String kind, String tool, Map<String, String> properties) {
    return commit(Json.bytes(new Manifest(kind, tool, properties, files())));
  }

  /** The same with a manifest of the artifact's own shape. */
  public Artifact commit(byte[] manifest) {
    var written = store.put(uri(Manifest.FILE_NAME), manifest);
    long bytes = files().stream().mapToLong(ManifestFile::bytes).sum() + written.bytes();
    return new Artifact(written.uri(), written.sha256(), bytes);
  }
}
