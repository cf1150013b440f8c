package dev.keizoku.storage;

import dev.keizoku.contract.fault.RunFault;
import java.nio.file.Path;

/**
 * A place in a store: {@code s3://bucket/key}, {@code file:///path}, {@code
 * hf://owner/name@revision/path} or, for reading, {@code https://host/path}. A value: it is parsed
 * once, where a program takes it from its run file or its command line, and is right from then on.
 * In JSON and YAML it is the plain string that {@link #toString} gives.
 *
 * <p>Keys and paths are taken as they are written: no percent-decoding, so that {@code
 * s3://b/銀行法.html} and names with spaces work without escapes.
 */
public sealed interface StoreUri permits S3Uri, FileUri, HubUri, HttpsUri {

  /**
   * Reads a URI.
   *
   * @throws RunFault user error {@code InvalidUri} when it has none of these forms or leads out of
   *     its folder
   */
  static StoreUri parse(String uri) {
    var given = uri == null ? "" : uri;
    if (given.startsWith(HubUri.SCHEME)) {
      return HubUri.parse(given);
    }
    if (given.startsWith(S3Uri.SCHEME)) {
      return S3Uri.parse(given);
    }
    if (given.startsWith(HttpsUri.SCHEME)) {
      return HttpsUri.parse(given);
    }
    if (given.startsWith(FileUri.SCHEME + "/")) {
      return new FileUri(given.substring(FileUri.SCHEME.length()));
    }
    throw UriForm.invalid(uri);
  }

  /** The URI of a local path, made absolute. */
  static StoreUri of(Path local) {
    return new FileUri(local.toAbsolutePath().normalize().toString());
  }

  /** What is named below the bucket, the root of the machine or the repository. */
  String path();

  /** The same bucket, machine or repository with another path. */
  StoreUri at(String otherPath);

  /**
   * Something below this folder.
   *
   * @param relative path below it, without a leading slash
   */
  default StoreUri child(String relative) {
    var separator = path().isEmpty() || path().endsWith("/") ? "" : "/";
    return at(path() + separator + relative);
  }

  /** The folder that holds it, ending in a slash. */
  default StoreUri parent() {
    return at(path().substring(0, path().lastIndexOf('/') + 1));
  }

  /** The part behind the last slash; empty for what is written as a folder. */
  default String name() {
    return path().substring(path().lastIndexOf('/') + 1);
  }

  /** Whether it is written as a folder: with a slash at its end, or no path at all. */
  default boolean isFolder() {
    return name().isEmpty();
  }

  /**
   * The path from this folder to something below it.
   *
   * @param below of the same store
   */
  default String relativize(StoreUri below) {
    var start = isFolder() ? path() : path() + "/";
    if (!below.path().startsWith(start) || !below.equals(at(below.path()))) {
      throw new IllegalArgumentException(below + " is not below " + this);
    }
    return below.path().substring(start.length());
  }
}
