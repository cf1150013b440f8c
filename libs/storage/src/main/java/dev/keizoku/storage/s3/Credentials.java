package dev.keizoku.storage.s3;

import io.minio.credentials.IamAwsProvider;
import io.minio.credentials.Provider;
import io.minio.credentials.StaticProvider;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Who a program is to an S3 API: a key pair, files with one that may change while the program runs,
 * or the identity that the cloud gives its pod.
 *
 * @param accessKey the public half; null for files and the pod's identity
 * @param secretKey the secret half; never in a message or a log; null likewise
 * @param sessionToken of a key pair that expires; null for one that does not
 * @param files folder with the pair, a file a variable; null for none
 */
public record Credentials(String accessKey, String secretKey, String sessionToken, Path files) {
  static final String ACCESS_KEY = "AWS_ACCESS_KEY_ID";
  static final String SECRET_KEY = "AWS_SECRET_ACCESS_KEY";
  static final String SESSION_TOKEN = "AWS_SESSION_TOKEN";

  /**
   * Variables by which a cloud tells a pod how to get keys: web identity (IRSA), EKS Pod Identity,
   * ECS.
   */
  private static final String[] OF_A_CLOUD = {
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"
  };

  /** Set to {@code pod} where nothing else says it: the identity of the machine is taken then. */
  private static final String IDENTITY = "KEIZOKU_STORAGE_IDENTITY";

  /** The folder with the files. */
  private static final String FILES = "KEIZOKU_STORAGE_KEYS";

  /** A key pair that does not expire. */
  public Credentials(String accessKey, String secretKey) {
    this(accessKey, secretKey, null, null);
  }

  /**
   * Credentials from environment variables, read by a {@code *Main} and passed on. A key pair goes
   * before files, and those before an identity.
   *
   * @param environment holds {@code AWS_ACCESS_KEY_ID}, {@code AWS_SECRET_ACCESS_KEY} and, where
   *     they expire, {@code AWS_SESSION_TOKEN}; or {@code KEIZOKU_STORAGE_KEYS}, a folder with
   *     files of these names, read again when they change; or what a cloud sets for an identity
   * @return null when it has none of them: enough for {@code file://}
   */
  public static Credentials fromEnvironment(Map<String, String> environment) {
    var access = word(environment, ACCESS_KEY);
    var secret = word(environment, SECRET_KEY);
    var token = word(environment, SESSION_TOKEN);
    if (access != null && secret != null) {
      return new Credentials(access, secret, token, null);
    }
    var files = word(environment, FILES);
    if (files != null) {
      return new Credentials(null, null, token, Path.of(files));
    }
    boolean identity =
        "pod".equals(environment.get(IDENTITY))
            || Stream.of(OF_A_CLOUD).anyMatch(name -> word(environment, name) != null);
    return identity ? new Credentials(null, null, null, null) : null;
  }

  private static String word(Map<String, String> environment, String name) {
    var value = environment.get(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  /** Gives the client its keys, again when they have expired or changed. */
  Provider provider() {
    if (files != null) {
      return new KeyFiles(files, sessionToken);
    }
    return accessKey == null
        ? new IamAwsProvider(null, null)
        : new StaticProvider(accessKey, secretKey, sessionToken);
  }

  @Override
  public String toString() {
    return "Credentials[accessKey=" + accessKey + ", files=" + files + "]";
  }
}
