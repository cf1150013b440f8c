package dev.keizoku.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.contract.result.TrainResult;
import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.program.RunContext;
import dev.keizoku.program.SaveSignal;
import dev.keizoku.program.StopSignal;
import dev.keizoku.storage.ForwardingStore;
import dev.keizoku.storage.ObjectUpload;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.artifact.MadeFrom;
import dev.keizoku.storage.artifact.Manifest;
import dev.keizoku.trainer.report.MetricsLog;
import dev.keizoku.trainer.report.TimingLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which checkpoints a run leaves, and what it says of those that are of no use. */
class KeptCheckpointsTest {
  @TempDir Path root;

  private static List<Long> committed(TrainRun run) {
    return TinyJob.STORE.list(TinyJob.output(run, "checkpoints")).stream()
        .map(info -> info.uri().path())
        .filter(uri -> uri.endsWith("/metadata.json"))
        .map(uri -> Long.valueOf(uri.replaceAll(".*step-(\\d+)/.*", "$1")))
        .toList();
  }

  /** A run whose best step is before the last. */
  private TrainRun worsening(TinyJob job) {
    var changes = new HashMap<String, Object>();
    // Less and less is seen of the first corpus' language: its perplexity falls, then rises.
    changes.put(
        "data",
        List.of(
            Map.of("name", "finance", "uri", job.run.data().getFirst().uri(), "weight", 1),
            Map.of("name", "counting", "uri", TinyCorpus.counting(root, "counting"), "weight", 9)));
    changes.put("evaluationSteps", 4);
    changes.put("learningRate", 3e-2);
    changes.put("checkpoint", Map.of("steps", 20, "keepLast", 2, "keepBest", 1));
    return job.copy(changes);
  }

  private static MetricsLog.Line best(TrainRun run) {
    var best =
        TinyJob.log(run).evaluations().stream()
            .filter(line -> line.step() > 0)
            .min(Comparator.comparing(line -> line.values().get("finance")))
            .orElseThrow();
    assertThat(best.step()).as("or the test shows nothing").isNotIn(40L, 50L);
    return best;
  }

  @Test
  void theBestIsKeptBesidesTheLast() {
    var run = worsening(new TinyJob(root, 2, 1, 50));
    var report = InProcess.run(run, root.resolve("scratch"));
    assertThat(report.train().exportedStep()).isEqualTo(50);
    assertThat(committed(run))
        .containsExactlyElementsOf(new TreeSet<>(List.of(best(run).step(), 40L, 50L)));
  }

  @Test
  void oneThatIsAskedForIsMadeAtOnceAndChangesNoNumber() {
    var job = new TinyJob(root, 2, 1, 20);
    var left = job.copy(Map.of("checkpoint.steps", 100));
    InProcess.run(left, root.resolve("scratch"));
    assertThat(committed(left)).containsExactly(20L);

    var asked =
        job.copyOf(left, Map.of("output", StoreUri.of(root.resolve("asked-out")).toString()));
    var save = new SaveSignal();
    var board =
        InProcess.told(
            asked,
            report -> {
              if (InProcess.isPast(report, 7)) {
                save.request("now");
              }
            });
    var scratch = root.resolve("scratch-asked");
    InProcess.run(
        asked, scratch, TinyJob.STORE, new RunContext(board, new StopSignal(), save, scratch));
    assertThat(committed(asked)).containsExactly(7L, 20L);
    assertThat(TinyJob.metrics(asked)).isEqualTo(TinyJob.metrics(left));
  }

  @Test
  void theBestIsExportedWhenAskedFor() {
    var job = new TinyJob(root, 2, 1, 50);
    var run = job.copyOf(worsening(job), Map.of("export", "best"));
    var report = InProcess.run(run, root.resolve("scratch"));
    var best = best(run);
    assertThat(report.train().exportedStep()).isEqualTo(best.step());
    assertThat(report.train().steps()).isEqualTo(50);
    var perplexity = best.values().get("finance");
    assertThat(finance(report).after()).isEqualTo(perplexity);
    assertThat(new String(TinyJob.STORE.read(TinyJob.output(run, "model/README.md"))))
        .contains("50 steps", "The weights are those of step " + best.step() + ", whose");

    var changes = new HashMap<String, Object>();
    changes.put("initialize", null);
    changes.put("baseModel", Map.of("uri", run.output() + "/model"));
    changes.put("output", job.withOutput("second").output());
    changes.put("maxSteps", 1);
    var again = job.copyOf(run, changes);
    var second = InProcess.run(again, root.resolve("scratch-2"));
    assertThat(finance(second).before()).isCloseTo(perplexity, within(1e-3));
    tellsWhatItIsMadeFrom(again);
  }

  /** Who evaluates a model follows its manifest to the corpora of all that it continues. */
  private static void tellsWhatItIsMadeFrom(TrainRun run) {
    var uri = TinyJob.output(run, "model/manifest.json");
    var pin = Digests.sha256(TinyJob.STORE.read(uri));
    var made = MadeFrom.of(Manifest.read(TinyJob.STORE, uri, pin));
    assertThat(made.base()).isEqualTo(new MadeFrom.Source(run.baseModel().uri(), null));
    assertThat(made.corpora()).hasSameSizeAs(run.data());
    for (var corpus : run.data()) {
      var digest = Digests.sha256(TinyJob.STORE.read(StoreUri.parse(corpus.uri())));
      assertThat(made.corpora().get(corpus.name()))
          .isEqualTo(new MadeFrom.Source(corpus.uri(), digest));
    }
  }

  /** The store holds up the first checkpoint until the run waits for it. */
  @Test
  void theBestIsExportedThoughTheStoreWasSlowWhenItWasMeasured() {
    var job = new TinyJob(root, 2, 1, 50);
    var run = job.copyOf(worsening(job), Map.of("export", "best", "checkpoint.steps", 2));
    var waitedFor = new CountDownLatch(1);
    var board =
        InProcess.told(
            run,
            report -> {
              if (report.stage().equals("upload")) {
                waitedFor.countDown();
              }
            });
    var store =
        new ForwardingStore(TinyJob.STORE) {
          @Override
          public ObjectUpload create(StoreUri uri) {
            if (uri.path().contains("/step-00000002/rank-")) {
              await(waitedFor);
            }
            return super.create(uri);
          }
        };
    var scratch = root.resolve("scratch");
    var report =
        InProcess.run(run, scratch, store, new RunContext(board, new StopSignal(), scratch));
    assertThat(report.train().exportedStep()).isEqualTo(best(run).step());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static TrainResult.Perplexity finance(FinalReport report) {
    return report.train().perplexity().stream()
        .filter(set -> set.name().equals("finance"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aDamagedAndAnIncompleteOneAreToldAndPassedOver() throws IOException {
    var job = new TinyJob(root, 2, 1, 40);
    var run = job.copy(Map.of("checkpoint.keepLast", 100));
    InProcess.stopAt(run, root.resolve("scratch"), 22);
    var steps = committed(run);
    assertThat(steps).hasSizeGreaterThanOrEqualTo(3);
    var newest = path(run, steps.getLast());
    Files.delete(newest.resolve("metadata.json"));
    var second = path(run, steps.get(steps.size() - 2)).resolve("rank-1.bin");
    Files.write(second, new byte[] {1, 2, 3});

    var board = InProcess.board(run);
    var report = InProcess.run(run, root.resolve("scratch-2"), board);
    assertThat(report.train().resumedFromStep()).isEqualTo(steps.get(steps.size() - 3));
    assertThat(board.report().notices())
        .satisfiesExactly(
            incomplete ->
                assertThat(incomplete.message())
                    .contains("step " + steps.getLast(), "its upload was not finished"),
            damaged ->
                assertThat(damaged.message())
                    .contains("step " + steps.get(steps.size() - 2), "rank-1.bin"))
        .allSatisfy(notice -> assertThat(notice.reason()).isEqualTo("CheckpointSkipped"));
  }

  @Test
  void damagedMetadataIsToldAndPassedOver() throws IOException {
    var job = new TinyJob(root, 2, 1, 40);
    var run = job.copy(Map.of("checkpoint.keepLast", 100, "evaluationSteps", 100));
    InProcess.stopAt(run, root.resolve("scratch"), 29);
    var steps = committed(run);
    assertThat(steps).hasSizeGreaterThanOrEqualTo(5);
    var newest = steps.reversed();
    Files.write(path(run, newest.get(0)).resolve("metadata.json"), new byte[0]);
    changeMetadata(run, newest.get(1), tree -> tree.put("step", newest.get(1) + 1));
    // The metadata of older programs has no digest.
    changeMetadata(run, newest.get(2), tree -> tree.remove(List.of("sha256", "guards")));
    changeMetadata(
        run,
        newest.get(3),
        tree -> {
          tree.remove("sha256");
          ((ObjectNode) tree.get("ranks").get(0).get("file")).remove("path");
        });
    changeMetadata(run, newest.get(4), tree -> tree.remove("sha256"));

    var board = InProcess.board(run);
    var report = InProcess.run(run, root.resolve("scratch-2"), board);
    assertThat(report.train().resumedFromStep()).isEqualTo(newest.get(4));
    var notices = board.report().notices();
    assertThat(notices).hasSize(4);
    for (var i = 0; i < notices.size(); i++) {
      assertThat(notices.get(i).reason()).isEqualTo("CheckpointSkipped");
      assertThat(notices.get(i).message())
          .contains("step %d cannot be used".formatted(newest.get(i)), "metadata.json");
    }
  }

  @Test
  void timingsAreKeptOverAttempts() {
    var run = new TinyJob(root, 2, 1, 40).run;
    InProcess.stopAt(run, root.resolve("scratch"), 22);
    var between = Instant.now();
    InProcess.run(run, root.resolve("scratch-2"));
    var timings =
        TimingLog.parse(TinyJob.STORE.read(TinyJob.output(run, "model/timings.jsonl")), "timings");
    assertThat(timings.throughput())
        .hasSize(40)
        .allSatisfy((step, t) -> assertThat(t).isPositive());
    var metrics = TinyJob.log(run);
    var events =
        List.of(
            TimingLog.CHECKPOINT,
            TimingLog.CHECKPOINT_WAIT,
            TimingLog.RESUMED,
            TimingLog.ROLLED_BACK);
    assertThat(
            timings.lines().stream()
                .filter(line -> !events.contains(line.kind()))
                .map(line -> line.kind() + line.step()))
        .containsExactlyElementsOf(
            metrics.lines().stream().map(line -> line.kind() + line.step()).toList());
    var times = timings.lines().stream().map(line -> Instant.parse(line.time())).toList();
    assertThat(times).isSorted();
    assertThat(times.getFirst()).isBefore(between);
    assertThat(times.getLast()).isAfter(between);
    // It was asked to leave at step 22, so that step was saved too.
    assertThat(timings.steps(TimingLog.RESUMED)).containsExactly(22L);
    assertThat(timings.steps(TimingLog.CHECKPOINT)).contains(10L, 20L, 22L, 30L, 40L);
    assertThat(timings.steps(TimingLog.ROLLED_BACK)).isEmpty();
  }

  private static void changeMetadata(TrainRun run, long step, Consumer<ObjectNode> change)
      throws IOException {
    var file = path(run, step).resolve("metadata.json");
    var tree = (ObjectNode) new ObjectMapper().readTree(file.toFile());
    change.accept(tree);
    Files.write(file, new ObjectMapper().writeValueAsBytes(tree));
  }

  private static Path path(TrainRun run, long step) {
    return Path.of(TinyJob.output(run, "checkpoints/step-%08d".formatted(step)).path());
  }
}
