package dev.keizoku.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.result.Artifact;
import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.llm.weights.SafeTensorsFile;
import dev.keizoku.program.RunContext;
import dev.keizoku.program.StopSignal;
import dev.keizoku.storage.ForwardingStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.tokens.CorpusReader;
import dev.keizoku.trainer.data.PackedSequence;
import dev.keizoku.trainer.data.SequencePacking;
import dev.keizoku.trainer.data.SequencePacking.Style;
import dev.keizoku.trainer.data.TrainingData;
import dev.keizoku.trainer.report.MetricsLog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guards of each step, provoked in a real run. */
class GuardedRunTest {
  private static final int STEPS = 90;
  private static final String STRANGER = "mixed/" + TinyCorpus.id(TinyCorpus.STRANGER);
  @TempDir Path root;
  private TinyJob job;

  @BeforeEach
  void begin() {
    job = new TinyJob(root, 2, 2, STEPS);
  }

  /** A run over a language that is soon learned, with one document that is not of it. */
  private TrainRun withStrangeDocument(int maxRollbacks) {
    var changes = new HashMap<String, Object>();
    changes.put("output", job.withOutput("spike-" + maxRollbacks).output());
    changes.put(
        "data", List.of(Map.of("name", "mixed", "uri", TinyCorpus.withStranger(root, "mixed"))));
    changes.put("globalBatchSize", 4);
    changes.put("guards.lossSpike", spike(maxRollbacks));
    return job.copy(changes);
  }

  private static Map<String, Object> spike(int maxRollbacks) {
    return Map.of("window", 16, "threshold", 6.0, "maxRollbacks", maxRollbacks);
  }

  private static MetricsLog metrics(TrainRun run) {
    return MetricsLog.parse(TinyJob.metrics(run), "metrics");
  }

  @Test
  void aLossSpikeGoesBackAndLeavesItsDocumentsOut() {
    var run = withStrangeDocument(10);
    var board = InProcess.board(run);
    InProcess.run(run, root.resolve("scratch"), board);
    var log = metrics(run);
    assertThat(log.skipped())
        .isNotEmpty()
        .allSatisfy(
            line -> {
              assertThat(line.documents()).contains(STRANGER);
              assertThat(line.reason()).contains("robust deviations");
              assertThat(log.steps()).noneMatch(step -> step.step() == line.step());
            });
    assertThat(log.steps().size() + log.skipped().size()).isEqualTo(STEPS);
    // Nothing is measured twice, though the run went back.
    assertThat(log.evaluations().stream().map(MetricsLog.Line::step)).doesNotHaveDuplicates();
    assertThat(board.report().notices())
        .anySatisfy(
            notice -> {
              assertThat(notice.reason()).isEqualTo("RolledBack");
              assertThat(notice.message()).contains("robust deviations", "left out: mixed/");
            });
    var page = TinyJob.parsed(TinyJob.output(run, "model/report.html"));
    assertThat(page.select("h2 ~ div:has(caption:containsOwn(not in the curves))").text())
        .contains(STRANGER);
    assertThat(page.select(".legend b").eachText())
        .contains("batch left out", "went back to a checkpoint");
  }

  /** A checkpoint of a large model takes many minutes to come back from the store. */
  @Test
  void whatIsStillHereIsNotFetchedToGoBack() {
    var run = withStrangeDocument(10);
    var fetched = new AtomicInteger();
    var store =
        new ForwardingStore(TinyJob.STORE) {
          private StoreUri asked(StoreUri uri) {
            if (uri.toString().contains("/rank-")) {
              fetched.incrementAndGet();
            }
            return uri;
          }

          @Override
          public InputStream open(StoreUri uri) {
            return super.open(asked(uri));
          }

          @Override
          public byte[] readRange(StoreUri uri, long offset, int length) {
            return super.readRange(asked(uri), offset, length);
          }

          @Override
          public Artifact download(StoreUri uri, Path file, LongConsumer received) {
            return super.download(asked(uri), file, received);
          }
        };
    var board = InProcess.board(run);
    var scratch = root.resolve("scratch");
    InProcess.run(run, scratch, store, new RunContext(board, new StopSignal(), scratch));
    assertThat(board.report().notices()).anyMatch(notice -> notice.reason().equals("RolledBack"));
    assertThat(metrics(run).steps())
        .last()
        .extracting(MetricsLog.Line::step)
        .isEqualTo((long) STEPS);
    assertThat(fetched).hasValue(0);
  }

  @Test
  void aRunThatWasInterruptedAfterASpikeEndsWithTheSameBits() {
    var undisturbed = withStrangeDocument(10);
    InProcess.run(undisturbed, root.resolve("scratch"));
    var cut = job.copyOf(undisturbed, Map.of("output", job.withOutput("cut").output()));
    InProcess.stopAt(cut, root.resolve("scratch-cut"), STEPS - 10);
    // It was stopped while it measured: the step is saved, the measurement is made later.
    var saved = TinyJob.output(cut, "checkpoints/step-%08d/metrics.jsonl".formatted(STEPS - 10));
    assertThat(
            MetricsLog.parse(TinyJob.STORE.read(saved), saved.toString())
                .evaluations()
                .getLast()
                .step())
        .isLessThan(STEPS - 10);
    InProcess.run(cut, root.resolve("scratch-rest"));
    assertThat(new String(TinyJob.metrics(cut), StandardCharsets.UTF_8))
        .isEqualTo(new String(TinyJob.metrics(undisturbed), StandardCharsets.UTF_8));
  }

  /** A run over which a word is spread that the base model has other numbers for. */
  private TrainRun withRareWord(float number, double epsilon) throws IOException {
    var config = new HashMap<String, Object>(TinyJob.CONFIG);
    config.putAll(Map.of("tie_word_embeddings", false, "rms_norm_eps", epsilon));
    var base =
        job.copy(
            Map.of(
                "output",
                job.withOutput("base").output(),
                "initialize.config",
                config,
                "maxSteps",
                1));
    InProcess.run(base, root.resolve("scratch-base"));
    var folder = root.resolve("base/model");
    setEmbedding(folder.resolve("model.safetensors"), TinyCorpus.VOCABULARY - 1, number);
    var changes = new HashMap<String, Object>();
    changes.put("initialize", null);
    changes.put("baseModel", Map.of("uri", base.output() + "/model"));
    changes.put(
        "data", List.of(Map.of("name", "mixed", "uri", TinyCorpus.withRareWord(root, "mixed"))));
    return job.copy(changes);
  }

  private static void setEmbedding(Path file, int row, float number) throws IOException {
    var content = Files.readAllBytes(file);
    var bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    var begin =
        (int)
            SafeTensorsFile.open(TinyJob.STORE, StoreUri.of(file))
                .tensors()
                .get("model.embed_tokens.weight")
                .begin();
    for (var i = 0; i < 16; i++) {
      bytes.putFloat(begin + (row * 16 + i) * Float.BYTES, number);
    }
    Files.write(file, content);
  }

  private void assertOnlyTheRareWordIsLeftOut(TrainRun run, String why) {
    var board = InProcess.board(run);
    InProcess.run(run, root.resolve("scratch"), board);
    var log = metrics(run);
    assertThat(log.skipped())
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line.documents()).contains(STRANGER))
        .anySatisfy(line -> assertThat(line.reason()).contains(why));
    assertThat(log.steps().size() + log.skipped().size()).isEqualTo(STEPS);
    assertThat(log.steps())
        .allSatisfy(
            line -> assertThat(line.values().values()).allMatch(value -> Double.isFinite(value)));
    assertThat(log.evaluations().getLast().values().get("mixed")).isFinite();
  }

  @Test
  void aLossThatIsNotFiniteOnTheSecondRankAloneChangesNoWeight() throws IOException {
    // Its norm is 0 and 1e-90 is none in fp32: 0 times infinity.
    assertOnlyTheRareWordIsLeftOut(withRareWord(0, 1e-90), "the loss of rank 1 is NaN");
  }

  @Test
  void norDoesAGradientThatIsNotFiniteThoughTheLossIs() throws IOException {
    // The gradient of a vector of zeros is that of its norm, over the root of epsilon.
    assertOnlyTheRareWordIsLeftOut(withRareWord(0, 1e-44), "the gradient norm of rank");
  }

  @Test
  void afterAFirstStepThatIsLeftOutTheNextUpdateIsTheFirst() throws IOException {
    var all = withRareWord(0, 1e-90);
    var run =
        job.copyOf(
            all, Map.of("maxSteps", 2, "warmupSteps", 0, "seed", seedThatBeginsWithStranger(all)));
    InProcess.run(run, root.resolve("scratch"));
    var log = metrics(run);
    assertThat(log.skipped()).singleElement().extracting(MetricsLog.Line::step).isEqualTo(1L);
    var rate = log.steps().getFirst().values().get("learningRate");
    var name = "model.layers.0.input_layernorm.weight";
    var before = firstNumbers(root.resolve("base/model/model.safetensors"), name);
    var after = firstNumbers(root.resolve("out/model/model.safetensors"), name);
    // Adam's first update moves everything that is not decayed by the rate, whatever its gradient;
    // a second one with a first moment of one gradient only would move it by 0.73 of that.
    for (var i = 0; i < 16; i++) {
      assertThat((double) Math.abs(after[i] - before[i])).isCloseTo(rate, withPercentage(1));
    }
  }

  private long seedThatBeginsWithStranger(TrainRun run) {
    var uri = StoreUri.parse(run.data().getFirst().uri());
    var reader = CorpusReader.open(TinyJob.STORE, uri, null);
    try (var documents = reader.train(root.resolve("scratch-seed"))) {
      var corpora = List.of(new TrainingData.Corpus("mixed", documents, null));
      return LongStream.range(0, 1000)
          .filter(
              seed -> {
                var data =
                    new TrainingData(corpora, new SequencePacking(16, Style.WRAPPED), 8, seed);
                return hasRareWord(data.batch(0)) && !hasRareWord(data.batch(1));
              })
          .findFirst()
          .orElseThrow();
    }
  }

  private static boolean hasRareWord(List<PackedSequence> batch) {
    return batch.stream()
        .flatMapToInt(sequence -> IntStream.of(sequence.tokens()))
        .anyMatch(token -> token == TinyCorpus.VOCABULARY - 1);
  }

  private static float[] firstNumbers(Path file, String tensor) throws IOException {
    var bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    var begin =
        SafeTensorsFile.open(TinyJob.STORE, StoreUri.of(file)).tensors().get(tensor).begin();
    var numbers = new float[16];
    for (var i = 0; i < 16; i++) {
      numbers[i] = bytes.getFloat((int) begin + i * Float.BYTES);
    }
    return numbers;
  }

  @Test
  void oneSpikeTooManyIsDiverged() {
    assertThatThrownBy(() -> InProcess.run(withStrangeDocument(0), root.resolve("scratch")))
        .isInstanceOfSatisfying(
            RunFault.class,
            fault -> {
              assertThat(fault.reason()).isEqualTo(Reason.DIVERGED);
              assertThat(fault)
                  .hasMessageContaining("robust deviations")
                  .hasMessageContaining("lower learningRate")
                  .hasMessageEndingWith("/report/report.html.");
            });
  }

  @Test
  void numbersThatAreNotFiniteNeverReachTheOptimizer() {
    var config = new HashMap<String, Object>(TinyJob.CONFIG);
    // Weights beyond the range of fp32: no loss is finite.
    config.put("initializer_range", 1e39);
    var run = job.copy(Map.of("initialize.config", config, "evaluation", List.of()));
    var board = InProcess.board(run);
    assertThatThrownBy(() -> InProcess.run(run, root.resolve("scratch"), board))
        .isInstanceOfSatisfying(
            RunFault.class,
            fault -> {
              assertThat(fault.reason()).isEqualTo(Reason.DIVERGED);
              // Two steps are borne, the third in a row goes back; that three times.
              assertThat(fault).hasMessageContaining("The run went back 3 times already");
            });
    assertThat(board.report().notices())
        .filteredOn(notice -> notice.reason().equals("StepSkipped"))
        .isNotEmpty()
        .allSatisfy(notice -> assertThat(notice.message()).contains("of rank 0 is", "left out:"));
  }
}
