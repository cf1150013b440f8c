package dev.keizoku.storage.s3;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import io.minio.credentials.Credentials;
import io.minio.credentials.Provider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Keys from files, as the kubelet mounts a Secret: whoever changes the Secret changes them under
 * the running program, all at once, by another target of the link {@code ..data}. So they are read
 * once a target.
 */
final class KeyFiles implements Provider {
  private static final String NEWEST = "..data";

  private final Path folder;
  private final String sessionToken;
  private Path read;
  private Credentials keys;

  /**
   * @param sessionToken where no file has one; null for none
   */
  KeyFiles(Path folder, String sessionToken) {
    this.folder = folder;
    this.sessionToken = sessionToken;
  }

  /**
   * The keys as they are now.
   *
   * @throws RunFault with {@code StorageCredentialsMissing} when a file is not there or empty
   */
  @Override
  public synchronized Credentials fetch() {
    try {
      return newest();
    } catch (IOException first) {
      // The old target may go between the look at the link and at what it leads to.
      try {
        return newest();
      } catch (IOException e) {
        throw missing(e);
      }
    }
  }

  private Credentials newest() throws IOException {
    var link = folder.resolve(NEWEST);
    var now = Files.exists(link) ? link.toRealPath() : null;
    if (now == null || !now.equals(read)) {
      keys = read(now == null ? folder : now);
      read = now;
    }
    return keys;
  }

  private Credentials read(Path from) throws IOException {
    var token = from.resolve(dev.keizoku.storage.s3.Credentials.SESSION_TOKEN);
    return new Credentials(
        word(from.resolve(dev.keizoku.storage.s3.Credentials.ACCESS_KEY)),
        word(from.resolve(dev.keizoku.storage.s3.Credentials.SECRET_KEY)),
        Files.exists(token) ? word(token) : sessionToken,
        null);
  }

  private static String word(Path file) throws IOException {
    var word = Files.readString(file).strip();
    if (word.isEmpty()) {
      throw new NoSuchFileException(file.toString(), null, "it is empty");
    }
    return word;
  }

  private RunFault missing(IOException cause) {
    return RunFault.userError(
        Reason.STORAGE_CREDENTIALS_MISSING,
        "The keys of the object store cannot be read from %s (%s); give the Secret of"
                .formatted(folder, cause.getMessage())
            + " storage.secretRef the keys AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
        cause);
  }
}
