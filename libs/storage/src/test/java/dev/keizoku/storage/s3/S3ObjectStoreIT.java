package dev.keizoku.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.run.StorageSpec;
import dev.keizoku.storage.ObjectInfo;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.S3Uri;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import dev.keizoku.storage.remote.RetryPolicy;
import dev.keizoku.testing.MinioServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The S3 store against a real MinIO. */
@Timeout(120)
class S3ObjectStoreIT {
  private static final Credentials CREDENTIALS =
      new Credentials(MinioServer.ACCESS_KEY, MinioServer.SECRET_KEY);

  @TempDir static Path root;
  private static MinioServer minio;
  private static ObjectStore store;

  @BeforeAll
  static void start() throws Exception {
    minio = new MinioServer(Files.createDirectories(root.resolve("data")));
    store = StoreRouter.open(minio.spec(), CREDENTIALS);
    store.ensureBucket(uri(""));
    store.ensureBucket(uri("again"));
  }

  @AfterAll
  static void stop() throws Exception {
    if (minio != null) {
      store.close();
      minio.close();
    }
  }

  @Test
  void keepsJapaneseNamesAndSortsTheList() throws NoSuchAlgorithmException {
    store.put(uri("laws/銀行法 (昭和).html"), bytes("二"));
    store.put(uri("laws/手形法.html"), bytes("一"));
    store.put(uri("lawsuits"), bytes("no"));
    assertThat(store.list(uri("laws")))
        .containsExactly(
            new ObjectInfo(uri("laws/手形法.html"), 3, md5("一")),
            new ObjectInfo(uri("laws/銀行法 (昭和).html"), 3, md5("二")));
    assertThat(store.stat(uri("laws/手形法.html")))
        .contains(new ObjectInfo(uri("laws/手形法.html"), 3, md5("一")));
    assertThat(store.read(uri("laws/銀行法 (昭和).html"))).isEqualTo(bytes("二"));
  }

  /** What S3 calls an object that was sent in one piece. */
  private static String md5(String content) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes(content)));
  }

  @Test
  void sendsALargeObjectInParts() throws IOException {
    var content = new byte[2 * S3Upload.PART_BYTES + 12345];
    new Random(1).nextBytes(content);
    var local = Files.write(root.resolve("large"), content);
    var artifact = store.upload(local, uri("large"));
    assertThat(artifact.sha256()).isEqualTo(Digests.sha256(content));
    assertThat(store.stat(uri("large")).orElseThrow().bytes()).isEqualTo(content.length);
    assertThat(store.readRange(uri("large"), 20_000_000, 1000))
        .isEqualTo(Arrays.copyOfRange(content, 20_000_000, 20_001_000));
    assertThat(store.download(uri("large"), root.resolve("back")).sha256())
        .isEqualTo(artifact.sha256());
  }

  @Test
  void aDroppedUploadLeavesNothing() {
    try (var upload = store.create(uri("dropped"))) {
      upload.write(new byte[S3Upload.PART_BYTES + 1]);
    }
    assertThat(store.stat(uri("dropped"))).isEmpty();
  }

  /** A writer that is killed cannot take back what it sent, and S3 keeps it, and bills it. */
  @Test
  void whatAKilledWriterSentCanBeDropped() {
    var killed = store.create(uri("killed/rank-0.bin"));
    killed.write(new byte[S3Upload.PART_BYTES + 1]);
    var other = store.create(uri("killed/rank-01.bin"));
    other.write(new byte[S3Upload.PART_BYTES + 1]);
    assertThat(store.dropUnfinished(uri("killed/rank-0.bin"))).isEqualTo(1);
    assertThat(store.dropUnfinished(uri("killed/rank-0.bin"))).isZero();
    assertThat(store.stat(uri("killed/rank-0.bin"))).isEmpty();
    other.commit();
    assertThat(store.stat(uri("killed/rank-01.bin"))).isPresent();
  }

  @Test
  void deletesAFolder() {
    for (int i = 0; i < 12; i++) {
      store.put(uri("old/" + i), bytes("x"));
    }
    assertThat(store.deleteFolder(uri("old"))).isEqualTo(12);
    assertThat(store.list(uri("old/"))).isEmpty();
    store.delete(uri("old/0"));
  }

  @Test
  void tellsTheUsersFaultsAtOnce() {
    assertFault("BucketNotFound", () -> store.list(StoreUri.parse("s3://no-such-bucket/x")));
    assertFault(
        "BucketNotFound", () -> store.put(StoreUri.parse("s3://no-such-bucket/x"), bytes("x")));
    assertFault("BucketNotFound", () -> store.open(StoreUri.parse("s3://no-such-bucket/x")));
    assertFault("ObjectNotFound", () -> store.open(uri("none")));
    assertFault("ObjectNotFound", () -> store.read(uri("none")));
    assertFault("InvalidUri", () -> store.list(StoreUri.parse("s3://Not A Bucket/x")));
    store.put(uri("short"), bytes("12345"));
    assertFault("ObjectTooShort", () -> store.readRange(uri("short"), 3, 10));
    assertFault("ObjectTooShort", () -> store.readRange(uri("short"), 30, 10));
  }

  @Test
  void tellsWrongCredentialsAtOnce() {
    var access = StoreRouter.open(minio.spec(), new Credentials("nobody", "keizoku-secret"));
    var secret = StoreRouter.open(minio.spec(), new Credentials("keizoku-test", "wrong-secret"));
    for (var wrong : new ObjectStore[] {access, secret}) {
      assertFault("StorageCredentialsRefused", () -> wrong.list(uri("")));
      assertFault("StorageCredentialsRefused", () -> wrong.put(uri("a"), bytes("a")));
      assertFault("StorageCredentialsRefused", () -> wrong.open(uri("a")));
      assertThatThrownBy(() -> wrong.stat(uri("a")))
          .isInstanceOf(RunFault.class)
          .hasMessageContaining("credentials")
          .hasMessageNotContaining("secret ");
    }
  }

  @Test
  void tellsAWrongEndpoint() throws Exception {
    assertFault(
        "InvalidEndpoint",
        () -> StoreRouter.open(new StorageSpec("minio//x:9", null), CREDENTIALS).stat(uri("k")));
    var web =
        com.sun.net.httpserver.SimpleFileServer.createFileServer(
            new java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), 0),
            root,
            com.sun.net.httpserver.SimpleFileServer.OutputLevel.NONE);
    web.start();
    var spec = new StorageSpec("http://127.0.0.1:" + web.getAddress().getPort(), null);
    try (var notS3 = StoreRouter.open(spec, CREDENTIALS)) {
      assertFault("EndpointNotS3", () -> notS3.list(uri("")));
    } finally {
      web.stop(0);
    }
  }

  @Test
  void givesUpAfterItsPatience() {
    var patience =
        new RetryPolicy(Duration.ofMillis(300), Duration.ofMillis(50), Duration.ofMillis(100));
    var nobody = new StorageSpec("http://127.0.0.1:1", null);
    try (var away = StoreRouter.open(nobody, CREDENTIALS, patience)) {
      assertThatThrownBy(() -> away.read(uri("a")))
          .isInstanceOfSatisfying(
              RunFault.class, fault -> assertThat(fault.exitCode()).isEqualTo(ExitCode.TRY_AGAIN))
          .hasMessageContaining("did not answer");
    }
  }

  @Test
  void goesOnAfterTheServerWasAway() throws Exception {
    var content = new byte[3 * S3Upload.PART_BYTES];
    new Random(2).nextBytes(content);
    var half = content.length / 2;
    try (var upload = store.create(uri("outage"))) {
      upload.write(content, 0, half);
      minio.stop();
      var back = CompletableFuture.runAsync(this::startLater, delayed());
      upload.write(content, half, content.length - half);
      assertThat(upload.commit().sha256()).isEqualTo(Digests.sha256(content));
      back.join();
    }
    try (var in = store.open(uri("outage"))) {
      var begin = in.readNBytes(1000);
      minio.stop();
      var back = CompletableFuture.runAsync(this::startLater, delayed());
      var rest = in.readAllBytes();
      assertThat(begin.length + rest.length).isEqualTo(content.length);
      assertThat(Arrays.mismatch(rest, Arrays.copyOfRange(content, 1000, content.length)))
          .isEqualTo(-1);
      back.join();
    }
  }

  private static java.util.concurrent.Executor delayed() {
    return CompletableFuture.delayedExecutor(3, TimeUnit.SECONDS);
  }

  private void startLater() {
    try {
      minio.start();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertFault(String reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RunFault.class,
            fault -> {
              assertThat(fault.reason().word()).as(fault.getMessage()).isEqualTo(reason);
              assertThat(fault.exitCode()).isEqualTo(ExitCode.USER_ERROR);
            });
  }

  private static StoreUri uri(String key) {
    return new S3Uri("keizoku", key);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
