package dev.keizoku.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.llm.weights.safetensors.SafeTensorsFile;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.tokens.CorpusReader;
import dev.keizoku.trainer.data.PackedSequence;
import dev.keizoku.trainer.data.SequencePacking;
import dev.keizoku.trainer.data.SequencePacking.Style;
import dev.keizoku.trainer.data.TrainingData;
import dev.keizoku.trainer.report.MetricsLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers that are not finite, provoked in a real run: they reach no weight. */
class NotFiniteRunTest {
  private static final int STEPS = 90;
  private static final String STRANGER = "mixed/" + TinyCorpus.id(TinyCorpus.STRANGER);
  @TempDir Path root;
  private TinyJob job;

  @BeforeEach
  void begin() {
    job = new TinyJob(root, 2, 2, STEPS);
  }

  /** A run over a corpus with one rare word, for which the base model has nothing but zeros. */
  private TrainRun withRareWord(double epsilon) throws IOException {
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
    setToZero(folder.resolve("model.safetensors"), TinyCorpus.VOCABULARY - 1);
    var changes = new HashMap<String, Object>();
    changes.put("initialize", null);
    changes.put("baseModel", Map.of("uri", base.output() + "/model"));
    changes.put(
        "data", List.of(Map.of("name", "mixed", "uri", TinyCorpus.withRareWord(root, "mixed"))));
    return job.copy(changes);
  }

  private static void setToZero(Path file, int row) throws IOException {
    var content = Files.readAllBytes(file);
    var bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    var begin = begin(file, "model.embed_tokens.weight");
    for (var i = 0; i < 16; i++) {
      bytes.putFloat(begin + (row * 16 + i) * Float.BYTES, 0);
    }
    Files.write(file, content);
  }

  private static int begin(Path file, String tensor) {
    var tensors = SafeTensorsFile.open(TinyJob.STORE, StoreUri.of(file)).tensors();
    return (int) tensors.get(tensor).begin();
  }

  private void assertOnlyTheRareWordIsLeftOut(TrainRun run, String why) {
    var board = InProcess.board(run);
    InProcess.run(run, root.resolve("scratch"), board);
    var log = TinyJob.log(run);
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
    assertOnlyTheRareWordIsLeftOut(withRareWord(1e-90), "the loss of rank 1 is NaN");
  }

  @Test
  void norDoesAGradientThatIsNotFiniteThoughTheLossIs() throws IOException {
    // The gradient of a vector of zeros is that of its norm, over the root of epsilon.
    assertOnlyTheRareWordIsLeftOut(withRareWord(1e-44), "the gradient norm of rank");
  }

  @Test
  void afterAFirstStepThatIsLeftOutTheNextUpdateIsTheFirst() throws IOException {
    var all = withRareWord(1e-90);
    var run =
        job.copyOf(
            all, Map.of("maxSteps", 2, "warmupSteps", 0, "seed", seedThatBeginsWithStranger(all)));
    InProcess.run(run, root.resolve("scratch"));
    var log = TinyJob.log(run);
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
    var begin = begin(file, tensor);
    var numbers = new float[16];
    for (var i = 0; i < 16; i++) {
      numbers[i] = bytes.getFloat(begin + i * Float.BYTES);
    }
    return numbers;
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
