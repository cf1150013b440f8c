package dev.keizoku.storage.artifact;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.bytes.Json;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.result.Artifact;
import dev.keizoku.storage.Damage;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/**
 * What a folder in the store holds. Written last, so that its presence means that all is there.
 *
 * @param kind {@code model}, {@code checkpoint}, {@code evaluation}, ...
 * @param tool program and version that wrote it
 * @param properties facts about the content, by name; values are strings
 * @param files sorted by path, without the manifest itself
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Manifest(
    String kind, String tool, Map<String, String> properties, List<ManifestFile> files) {

  /** Its name in the folder. */
  public static final String FILE_NAME = "manifest.json";

  private static final int STREAM_BYTES = 1 << 20;

  /**
   * Reads a manifest.
   *
   * @param uri of {@code manifest.json}
   * @param sha256 digest it must have; null is not checked
   * @throws dev.keizoku.contract.fault.RunFault user error {@code DigestMismatch} when it has
   *     another
   */
  public static Manifest read(ObjectStore store, StoreUri uri, String sha256) {
    return Json.read(readChecked(store, uri, sha256), Manifest.class, uri.toString());
  }

  /** The bytes of a manifest of any kind, with the same check. */
  public static byte[] readChecked(ObjectStore store, StoreUri uri, String sha256) {
    return Damage.confirmed(() -> checked(store.read(uri), uri, sha256));
  }

  private static byte[] checked(byte[] bytes, StoreUri uri, String sha256) {
    if (sha256 != null && !sha256.equals(Digests.sha256(bytes))) {
      throw mismatch(uri, sha256);
    }
    return bytes;
  }

  /** The artifact's folder, of which either the URI or that of the manifest in it is given. */
  public static StoreUri folder(StoreUri uri) {
    return uri.name().equals(FILE_NAME) ? uri.parent() : uri;
  }

  /** Whether every file is in {@code folder} with its size; content is not read. */
  public static boolean isComplete(ObjectStore store, StoreUri folder, List<ManifestFile> files) {
    return files.stream()
        .allMatch(
            file ->
                store
                    .stat(folder.child(file.path()))
                    .filter(found -> found.bytes() == file.bytes())
                    .isPresent());
  }

  /** Takes a file's bytes as they come. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Takes bytes; the array is only lent.
     *
     * @param at where in the file they lie; from 0 again when the file is read once more
     * @param count how many of the array's
     */
    void accept(long at, byte[] bytes, int count);
  }

  /**
   * Reads a file of an artifact in parts. What was given may be believed after the return only.
   *
   * @return how many bytes it has
   * @throws dev.keizoku.contract.fault.RunFault user error {@code DigestMismatch}
   */
  public static long stream(ObjectStore store, StoreUri folder, ManifestFile file, Sink sink) {
    return Damage.confirmed(() -> streamOnce(store, folder.child(file.path()), file, sink));
  }

  private static long streamOnce(ObjectStore store, StoreUri uri, ManifestFile file, Sink sink) {
    var digest = Digests.sha256();
    var buffer = new byte[STREAM_BYTES];
    long at = 0;
    try (var in = store.open(uri)) {
      for (int n; (n = in.read(buffer)) >= 0; at += n) {
        digest.update(buffer, 0, n);
        sink.accept(at, buffer, n);
      }
    } catch (IOException e) {
      throw RunFault.tryAgain(
          Reason.STORAGE_FAILED, "Cannot read %s: %s".formatted(uri, e.getMessage()), e);
    }
    if (!Digests.hex(digest).equals(file.sha256())) {
      throw mismatch(uri, file.sha256());
    }
    return at;
  }

  /**
   * Downloads a file of an artifact; the local file appears only when its digest is right.
   *
   * @param folder the artifact's folder
   * @param to local file
   * @throws dev.keizoku.contract.fault.RunFault user error {@code DigestMismatch}
   */
  public static Artifact download(ObjectStore store, StoreUri folder, ManifestFile file, Path to) {
    return Damage.confirmed(() -> downloadOnce(store, folder.child(file.path()), file, to));
  }

  /**
   * Reads a file of an artifact into memory, with the same check.
   *
   * @param file less than 2 GiB
   */
  public static byte[] read(ObjectStore store, StoreUri folder, ManifestFile file) {
    var uri = folder.child(file.path());
    return Damage.confirmed(
        () -> checked(readWhole(store, uri, Math.toIntExact(file.bytes())), uri, file.sha256()));
  }

  private static byte[] readWhole(ObjectStore store, StoreUri uri, int bytes) {
    try (var in = store.open(uri)) {
      return in.readNBytes(bytes);
    } catch (IOException e) {
      throw RunFault.tryAgain(
          Reason.STORAGE_FAILED, "Cannot read " + uri + ": " + e.getMessage(), e);
    }
  }

  private static Artifact downloadOnce(
      ObjectStore store, StoreUri uri, ManifestFile file, Path to) {
    var unchecked = to.resolveSibling("." + to.getFileName() + ".unchecked");
    var got = store.download(uri, unchecked);
    try {
      if (!got.sha256().equals(file.sha256())) {
        Files.delete(unchecked);
        throw mismatch(uri, file.sha256());
      }
      Files.move(unchecked, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw RunFault.tryAgain(
          Reason.SCRATCH_FAILED, "Cannot write " + to + ": " + e.getMessage(), e);
    }
    return got;
  }

  private static RunFault mismatch(StoreUri uri, String sha256) {
    return RunFault.userError(
        Reason.DIGEST_MISMATCH,
        "%s does not have the pinned sha256 %s: it was replaced or damaged; build it again or pin what is there."
            .formatted(uri, sha256));
  }
}
