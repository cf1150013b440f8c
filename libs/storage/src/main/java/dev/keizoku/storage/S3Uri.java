package dev.keizoku.storage;

import java.util.regex.Pattern;

/**
 * An object, or a folder of objects, behind an S3 API.
 *
 * @param bucket 3 to 63 lower-case letters, digits, {@code .} and {@code -}
 * @param key without a leading slash; empty for the bucket itself
 */
public record S3Uri(String bucket, String key) implements StoreUri {
  static final String SCHEME = "s3://";

  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  /**
   * Checks both.
   *
   * @throws dev.keizoku.contract.fault.RunFault user error {@code InvalidUri}
   */
  public S3Uri {
    if (!BUCKET.matcher(bucket).matches()) {
      throw UriForm.invalid(SCHEME + bucket + "/" + key);
    }
    UriForm.check(key, SCHEME + bucket + "/" + key);
  }

  static S3Uri parse(String uri) {
    var rest = uri.substring(SCHEME.length());
    var slash = rest.indexOf('/');
    return slash < 0
        ? new S3Uri(rest, "")
        : new S3Uri(rest.substring(0, slash), rest.substring(slash + 1));
  }

  @Override
  public String path() {
    return key;
  }

  @Override
  public S3Uri at(String otherPath) {
    return new S3Uri(bucket, otherPath);
  }

  @Override
  public String toString() {
    return SCHEME + bucket + "/" + key;
  }
}
