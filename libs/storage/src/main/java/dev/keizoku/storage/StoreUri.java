package dev.keizoku.storage;

import dev.keizoku.contract.RunFault;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A place in an object store, {@code s3://bucket/key} or {@code file:///path}.
 *
 * <p>Keys and paths are taken as they are written: no percent-decoding, so that {@code
 * s3://b/銀行法.html} and names with spaces work without escapes.
 *
 * @param scheme {@code s3} or {@code file}
 * @param bucket bucket name; empty for {@code file}
 * @param key key without a leading slash for {@code s3}; absolute path for {@code file}
 */
public record StoreUri(String scheme, String bucket, String key) {
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  /**
   * Reads a URI.
   *
   * @throws dev.keizoku.contract.RunFault user error {@code InvalidUri} when it is neither {@code
   *     s3://bucket/key} nor {@code file:///path}
   */
  public static StoreUri parse(String uri) {
    if (uri != null && uri.startsWith("s3://")) {
      var rest = uri.substring("s3://".length());
      var slash = rest.indexOf('/');
      var bucket = slash < 0 ? rest : rest.substring(0, slash);
      if (BUCKET.matcher(bucket).matches()) {
        return checked(uri, new StoreUri("s3", bucket, slash < 0 ? "" : rest.substring(slash + 1)));
      }
    }
    if (uri != null && uri.startsWith("file:///")) {
      return checked(uri, new StoreUri("file", "", uri.substring("file://".length())));
    }
    throw RunFault.userError(
        "InvalidUri",
        "'"
            + uri
            + "' is not a URI of the form s3://bucket/key, file:///path or hf://owner/name@revision"
            + " (a bucket has 3 to 63 lower-case letters, digits, '.' and '-').");
  }

  private static StoreUri checked(String uri, StoreUri parsed) {
    for (var segment : parsed.key.split("/", -1)) {
      // An S3 key may hold "..", but MinIO refuses it and a file must not leave its folder.
      if (segment.equals("..") || segment.equals(".") || segment.indexOf('\0') >= 0) {
        throw RunFault.userError("InvalidUri", "'" + uri + "' must not contain '" + segment + "'.");
      }
    }
    return parsed;
  }

  /** The URI of a local path. */
  public static String ofPath(Path path) {
    return "file://" + path.toAbsolutePath().normalize();
  }

  /**
   * The URI of something below a folder.
   *
   * @param folder URI with or without a slash at its end
   * @param relative path below it, without a leading slash
   */
  public static String child(String folder, String relative) {
    return folder.endsWith("/") ? folder + relative : folder + "/" + relative;
  }

  /** The URI of the folder that holds {@code uri}, ending in a slash. */
  public static String parent(String uri) {
    return uri.substring(0, uri.lastIndexOf('/') + 1);
  }

  /** The local path of a {@code file} URI. */
  public Path path() {
    try {
      return Path.of(key);
    } catch (InvalidPathException e) {
      throw RunFault.userError(
          "InvalidUri", "This machine's locale cannot name '" + this + "'; set LC_ALL=C.UTF-8.", e);
    }
  }

  @Override
  public String toString() {
    return scheme.equals("s3") ? "s3://" + bucket + "/" + key : "file://" + key;
  }
}
