package dev.keizoku.storage.s3;

import java.util.Map;

/**
 * The key pair of an S3 API.
 *
 * @param accessKey the public half
 * @param secretKey the secret half; never in a message or a log
 */
public record Credentials(String accessKey, String secretKey) {

  /**
   * Credentials from environment variables, read by a {@code *Main} and passed on.
   *
   * @param environment holds {@code AWS_ACCESS_KEY_ID} and {@code AWS_SECRET_ACCESS_KEY}
   * @return null when either is not set: enough for {@code file://}
   */
  public static Credentials fromEnvironment(Map<String, String> environment) {
    var access = environment.get("AWS_ACCESS_KEY_ID");
    var secret = environment.get("AWS_SECRET_ACCESS_KEY");
    return access == null || access.isBlank() || secret == null || secret.isBlank()
        ? null
        : new Credentials(access.strip(), secret.strip());
  }

  @Override
  public String toString() {
    return "Credentials[accessKey=" + accessKey + "]";
  }
}
