package dev.keizoku.storage;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A file or folder of this machine.
 *
 * @param path absolute; a folder may end in a slash
 */
public record FileUri(String path) implements StoreUri {
  static final String SCHEME = "file://";

  /**
   * Checks the path; several slashes in a row are one.
   *
   * @throws RunFault user error {@code InvalidUri}
   */
  public FileUri {
    if (!path.startsWith("/")) {
      throw UriForm.invalid(SCHEME + path);
    }
    UriForm.check(path, SCHEME + path);
    path = path.replaceAll("/{2,}", "/");
  }

  /**
   * The path as this machine names it.
   *
   * @throws RunFault user error {@code InvalidUri} where its locale has no such name
   */
  public Path local() {
    try {
      return Path.of(path);
    } catch (InvalidPathException e) {
      throw RunFault.userError(
          Reason.INVALID_URI,
          "This machine's locale cannot name '" + this + "'; set LC_ALL=C.UTF-8.",
          e);
    }
  }

  @Override
  public FileUri at(String otherPath) {
    return new FileUri(otherPath);
  }

  @Override
  public String toString() {
    return SCHEME + path;
  }
}
