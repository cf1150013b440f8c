package dev.keizoku.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.keizoku.contract.corpus.CorpusRun;
import dev.keizoku.contract.corpus.CorpusRun.Filters;
import dev.keizoku.contract.corpus.CorpusRun.Format;
import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.result.Artifact;
import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.contract.run.StorageSpec;
import dev.keizoku.program.RunContext;
import dev.keizoku.storage.ForwardingStore;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import dev.keizoku.storage.s3.Credentials;
import dev.keizoku.storage.tokens.CorpusReader;
import dev.keizoku.testing.MinioServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.LongConsumer;
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
      var build = Builds.of(store, context, 2);
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
  void objectsThatAreKnownAreNeitherCopiedNorReadAgain() throws Exception {
    var copied = new ConcurrentSkipListSet<String>();
    try (var counting = new CountingStore(store(CREDENTIALS), copied)) {
      counting.put(StoreUri.parse("s3://keizoku/known/a.jsonl"), documents(0, 40));
      counting.put(StoreUri.parse("s3://keizoku/known/b.jsonl"), documents(40, 60));
      var run = known("s3://keizoku/corpora/known");
      var first = Builds.build(counting, root.resolve("scratch"), 2, run);
      assertThat(copied).hasSize(2);
      copied.clear();
      assertThat(Builds.build(counting, root.resolve("scratch"), 2, run)).isEqualTo(first);
      var limit = Map.of("filters", new Filters(62, null, 0.5));
      var other = Builds.build(counting, root.resolve("scratch"), 2, Builds.changed(run, limit));
      assertThat(copied).as("a known source, and only a limit is another").isEmpty();
      var fresh =
          Builds.build(
              counting,
              root.resolve("scratch"),
              2,
              Builds.changed(known("s3://keizoku/corpora/elsewhere"), limit));
      assertThat(other.artifact().sha256()).isEqualTo(fresh.artifact().sha256());
      assertThat(other.corpus().dropped()).containsEntry("tooShort", 40L);

      copied.clear();
      counting.put(StoreUri.parse("s3://keizoku/known/b.jsonl"), documents(50, 70));
      var changed = Builds.build(counting, root.resolve("scratch"), 2, run);
      assertThat(changed.corpus().version()).isNotEqualTo(first.corpus().version());
      assertThat(copied).as("of the same size, but another ETag").hasSize(2);
    }
  }

  private static CorpusRun known(String output) {
    return Builds.run(
        output,
        "s3://keizoku/tokenizer/",
        Builds.source("known", "s3://keizoku/known/", Format.JSONL));
  }

  /** Texts of 61 characters, from the fortieth on of 62. */
  private static byte[] documents(int from, int to) {
    var lines = new StringBuilder();
    for (int i = from; i < to; i++) {
      lines.append(
          "{\"text\":\"第%03d号。%s%s\"}\n".formatted(i, "金融庁は開示を求めた。".repeat(5), i < 40 ? "" : "。"));
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static final class CountingStore extends ForwardingStore {
    private final Set<String> copied;

    CountingStore(ObjectStore store, Set<String> copied) {
      super(store);
      this.copied = copied;
    }

    @Override
    public Artifact download(StoreUri uri, Path file, LongConsumer received) {
      if (uri.toString().contains("/known/")) {
        copied.add(uri.toString());
      }
      return super.download(uri, file, received);
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
