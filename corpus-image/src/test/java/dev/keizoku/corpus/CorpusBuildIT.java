package dev.keizoku.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.keizoku.contract.corpus.CorpusRun;
import dev.keizoku.contract.corpus.CorpusRun.Format;
import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.contract.run.StorageSpec;
import dev.keizoku.corpus.build.CorpusBuild;
import dev.keizoku.program.RunContext;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import dev.keizoku.storage.s3.Credentials;
import dev.keizoku.storage.tokens.CorpusReader;
import dev.keizoku.testing.MinioServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The quick start's filings from MinIO to MinIO. */
@Timeout(300)
class CorpusBuildIT {
  private static final Credentials CREDENTIALS =
      new Credentials(MinioServer.ACCESS_KEY, MinioServer.SECRET_KEY);

  @TempDir static Path root;
  private static MinioServer minio;

  @BeforeAll
  static void upload() throws Exception {
    minio = new MinioServer(Files.createDirectories(root.resolve("data")));
    var environment =
        Map.of(
            "AWS_ACCESS_KEY_ID", MinioServer.ACCESS_KEY,
            "AWS_SECRET_ACCESS_KEY", MinioServer.SECRET_KEY,
            "AWS_ENDPOINT_URL", minio.endpoint());
    var data = Builds.QUICKSTART.resolve("data/finance/filings").toString();
    var tokenizer = Builds.QUICKSTART.resolve("tokenizer").toString();
    assertThat(CorpusMain.run(environment, "store", "make-bucket", "s3://keizoku")).isZero();
    assertThat(CorpusMain.run(environment, "store", "upload", data, "s3://keizoku/filings"))
        .isZero();
    assertThat(CorpusMain.run(environment, "store", "upload", tokenizer, "s3://keizoku/tokenizer"))
        .isZero();
  }

  @AfterAll
  static void stop() throws Exception {
    if (minio != null) {
      minio.close();
    }
  }

  @Test
  void buildsAVersionAndGoesOnAfterTheStoreWasAway() throws Exception {
    var context = Builds.context(root.resolve("scratch"));
    var outage = CompletableFuture.runAsync(() -> goAwayWhenTokenizing(context));
    FinalReport away;
    try (var store = store(CREDENTIALS)) {
      var build = new CorpusBuild(store, context.scratch(), 2);
      away = build.build(run("s3://keizoku/corpora/away"), context);
    }
    assertThat(outage).as("the build met the outage").succeedsWithin(Duration.ZERO);
    var calm = build(run("s3://keizoku/corpora/calm"), CREDENTIALS);
    assertThat(away.artifact().sha256())
        .as("an outage leaves no trace in the version")
        .isEqualTo(calm.artifact().sha256());
    assertThat(calm.corpus().documents()).isGreaterThan(40);
    assertThat(calm.corpus().dropped()).containsKey("tooShort");
    try (var store = store(CREDENTIALS)) {
      var corpus =
          CorpusReader.open(store, StoreUri.parse(calm.artifact().uri()), calm.artifact().sha256());
      try (var heldOut = corpus.heldOut(root.resolve("fetched"))) {
        assertThat(heldOut.documents()).isEqualTo((int) calm.corpus().heldOutDocuments());
      }
    }
  }

  private static void goAwayWhenTokenizing(RunContext context) {
    await("tokenizing")
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> context.progress().report().stage().equals("tokenize"));
    try {
      minio.stop();
      minio.hangUp(3);
      minio.start();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void tellsWrongCredentialsAndAMissingBucketAtOnce() {
    assertFault(
        "StorageCredentialsRefused",
        run("s3://keizoku/corpora/x"),
        new Credentials("keizoku-test", "another-secret"));
    assertFault("StorageCredentialsMissing", run("s3://keizoku/corpora/x"), null);
    assertFault("BucketNotFound", run("s3://no-such-bucket/x"), CREDENTIALS);
  }

  private static void assertFault(String reason, CorpusRun run, Credentials credentials) {
    assertThatThrownBy(() -> build(run, credentials))
        .isInstanceOfSatisfying(
            RunFault.class,
            fault -> {
              assertThat(fault.reason().word()).as(fault.getMessage()).isEqualTo(reason);
              assertThat(fault.exitCode()).isEqualTo(ExitCode.USER_ERROR);
            });
  }

  private static FinalReport build(CorpusRun run, Credentials credentials) throws Exception {
    try (var store = store(credentials)) {
      return Builds.build(store, root.resolve("scratch"), 2, run);
    }
  }

  private static ObjectStore store(Credentials credentials) {
    return StoreRouter.open(new StorageSpec(minio.endpoint(), null), credentials);
  }

  private static CorpusRun run(String output) {
    return Builds.run(
        output,
        "s3://keizoku/tokenizer/",
        Builds.source("filings", "s3://keizoku/filings/", Format.EDINET));
  }
}
