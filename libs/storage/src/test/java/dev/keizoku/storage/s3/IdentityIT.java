package dev.keizoku.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.keizoku.contract.run.StorageSpec;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import dev.keizoku.testing.MinioServer;
import io.minio.credentials.AssumeRoleProvider;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that a cloud gives to a pod: they expire, and no Secret has them. */
class IdentityIT {
  private static final StoreUri OBJECT = StoreUri.parse("s3://identity/object");

  @TempDir private Path data;

  /** Run by itself, since a cloud speaks to a process by its environment. */
  public static final class Reader {
    private Reader() {}

    /** Prints the object; its first argument is the endpoint. */
    public static void main(String[] arguments) {
      var spec = new StorageSpec(arguments[0], null);
      try (var store = StoreRouter.fromEnvironment(spec, System.getenv())) {
        System.out.println(new String(store.read(OBJECT), StandardCharsets.UTF_8));
      }
    }
  }

  @Test
  void aPodReadsByKeysThatExpireAndByTheIdentityOfItsCloud() throws Exception {
    try (var minio = new MinioServer(data)) {
      var owner = new Credentials(MinioServer.ACCESS_KEY, MinioServer.SECRET_KEY);
      try (var store = StoreRouter.open(minio.spec(), owner)) {
        store.ensureBucket(OBJECT);
        store.put(OBJECT, "read".getBytes(StandardCharsets.UTF_8));
      }
      var keys =
          new AssumeRoleProvider(
                  minio.spec().endpoint(),
                  MinioServer.ACCESS_KEY,
                  MinioServer.SECRET_KEY,
                  900,
                  null,
                  "us-east-1",
                  null,
                  null,
                  null,
                  null)
              .fetch();
      var pair =
          Map.of("AWS_ACCESS_KEY_ID", keys.accessKey(), "AWS_SECRET_ACCESS_KEY", keys.secretKey());
      assertThat(read(minio, pair)).as("without its token").contains("denies these credentials");
      var session = new HashMap<>(pair);
      session.put("AWS_SESSION_TOKEN", keys.sessionToken());
      assertThat(read(minio, session)).isEqualTo("read");
      var cloud = cloud(keys);
      try {
        var uri = "http://127.0.0.1:%d/keys".formatted(cloud.getAddress().getPort());
        assertThat(read(minio, Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", uri)))
            .isEqualTo("read");
      } finally {
        cloud.stop(0);
      }
      assertThat(read(minio, Map.of())).contains("needs credentials");
      aProgramAtWorkTakesKeysThatChange(minio, keys);
    }
  }

  /** As the kubelet changes a mounted Secret: another folder behind the same link. */
  private void aProgramAtWorkTakesKeysThatChange(
      MinioServer minio, io.minio.credentials.Credentials others) throws Exception {
    var mount = Files.createDirectory(data.resolve("keys"));
    mounted(mount, "1", MinioServer.ACCESS_KEY, MinioServer.SECRET_KEY);
    var files = Credentials.fromEnvironment(Map.of("KEIZOKU_STORAGE_KEYS", mount.toString()));
    assertThat(files.toString()).doesNotContain(MinioServer.SECRET_KEY);
    try (var store = StoreRouter.open(minio.spec(), files)) {
      assertThat(store.read(OBJECT)).asString().isEqualTo("read");
      mounted(mount, "2", MinioServer.ACCESS_KEY, "withdrawn");
      assertThatThrownBy(() -> store.read(OBJECT)).hasMessageContaining("denies these credentials");
      var third = mounted(mount, "3", others.accessKey(), others.secretKey());
      Files.writeString(third.resolve("AWS_SESSION_TOKEN"), others.sessionToken());
      assertThat(store.read(OBJECT)).asString().isEqualTo("read");
      mounted(mount, "4", others.accessKey(), " ");
      assertThatThrownBy(() -> store.read(OBJECT))
          .hasMessageContaining("storage.secretRef the keys AWS_ACCESS_KEY_ID");
    }
  }

  private static Path mounted(Path mount, String version, String access, String secret)
      throws Exception {
    var files = Files.createDirectory(mount.resolve(version));
    Files.writeString(files.resolve("AWS_ACCESS_KEY_ID"), access + "\n");
    Files.writeString(files.resolve("AWS_SECRET_ACCESS_KEY"), secret);
    var link = Files.createSymbolicLink(mount.resolve("..next"), Path.of(version));
    Files.move(link, mount.resolve("..data"), StandardCopyOption.REPLACE_EXISTING);
    return files;
  }

  private static String read(MinioServer minio, Map<String, String> environment) throws Exception {
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            Reader.class.getName(),
            minio.spec().endpoint());
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().putAll(environment);
    var process = builder.redirectErrorStream(true).start();
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return text.strip();
  }

  /** What a node's agent answers to a pod of EKS or ECS. */
  private static HttpServer cloud(io.minio.credentials.Credentials keys) throws Exception {
    var answer =
        """
        {"Code":"Success","AccessKeyId":"%s","SecretAccessKey":"%s","Token":"%s",
         "Expiration":"2099-01-01T00:00:00Z"}\
        """
            .formatted(keys.accessKey(), keys.secretKey(), keys.sessionToken())
            .getBytes(StandardCharsets.UTF_8);
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/keys",
        exchange -> {
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    return server;
  }
}
