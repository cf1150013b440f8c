package dev.keizoku.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.program.RunContext;
import dev.keizoku.program.StopSignal;
import dev.keizoku.storage.StoreUri;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each thing that a user can get wrong: exit 42 and a sentence that names it. */
class BadInputTest {
  @TempDir static Path root;
  private static TinyJob job;

  @BeforeAll
  static void writeInputs() {
    job = new TinyJob(root, 2, 1, 5);
  }

  private static void assertRefused(TrainRun run, String reason, String sentence) {
    assertThatThrownBy(() -> InProcess.run(run, root.resolve("scratch")))
        .isInstanceOfSatisfying(
            RunFault.class,
            fault -> {
              assertThat(fault.exitCode()).isEqualTo(ExitCode.USER_ERROR);
              assertThat(fault.reason().word()).isEqualTo(reason);
              assertThat(fault).hasMessageContaining(sentence);
              assertThat(fault.getMessage()).endsWith(".");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "learningRate|0|learningRate: Invalid value: 0: should be greater than 0",
        "learningRate|-1e-3|learningRate: Invalid value: -0.001: should be greater than 0",
        "minLearningRate|0.5|minLearningRate must not be above learningRate",
        "globalBatchSize|6|globalBatchSize must be a multiple of microBatchSize x",
        "microBatchSize|1073741824|microBatchSize: Invalid value: 1073741824: should be less",
        "maxSteps|0|maxSteps: Invalid value: 0: should be greater than or equal to 1",
        "warmupSteps|-1|warmupSteps: Invalid value: -1",
        "parallelism.devices|0|parallelism.devices: Invalid value: 0",
        "parallelism.zeroStage|4|parallelism.zeroStage: Invalid value: 4: should be less than or",
        "optimizer.beta2|1|optimizer.beta2: Invalid value: 1: should be less than 1",
        "optimizer.epsilon|0|optimizer.epsilon: Invalid value: 0: should be greater than 0",
        "sequenceLength|4|sequenceLength: Invalid value: 4: should be greater than or equal to 8",
        "checkpoint.steps|0|checkpoint.steps: Invalid value: 0",
      })
  void aNumberThatCannotBe(String field, String value, String sentence) {
    var number =
        value.contains(".") || value.contains("e")
            ? Double.valueOf(value)
            : (Number) Integer.valueOf(value);
    assertRefused(job.copy(Map.of(field, number)), "RunFileInvalid", sentence);
  }

  @Test
  void aSequenceLongerThanTheModelsPositions() {
    assertRefused(
        job.copy(Map.of("sequenceLength", 65)),
        "RunFileInvalid",
        "initialize.config.maxPositionEmbeddings");
  }

  @Test
  void devicesThatAreNotThere() {
    assertRefused(
        job.copy(Map.of("parallelism.deviceType", "gpu")), "DevicesMissing", "0 GPUs are here");
  }

  /** As where another program took the memory after the run was planned. */
  @Test
  void aDeviceThatIsFull() {
    var config = new HashMap<>(TinyJob.CONFIG);
    config.put("hidden_size", 1 << 20);
    config.put("num_attention_heads", 1 << 14);
    // More than a process can name at all: a kernel that promises more than it has refuses it too.
    config.put("intermediate_size", 1 << 27);
    var run = job.copyOf(job.run, Map.of("initialize.config", config));
    var machine = new Machine(1, Long.MAX_VALUE / 4);
    var context =
        new RunContext(InProcess.board(run), new StopSignal(), root.resolve("scratch-full"));
    assertThatThrownBy(
            () ->
                new TrainingJob(
                        run,
                        TinyJob.STORE,
                        root.resolve("scratch-full"),
                        machine,
                        Clock.systemUTC())
                    .run(context))
        .isInstanceOfSatisfying(
            RunFault.class,
            fault -> {
              assertThat(fault.exitCode()).isEqualTo(ExitCode.USER_ERROR);
              assertThat(fault.reason().word()).isEqualTo("TooLittleMemory");
              assertThat(fault)
                  .hasMessageContaining("MiB left on cpu()")
                  .hasMessageContaining("give it");
            });
  }

  @Test
  void aCorpusOfAnotherTokenizer() {
    var other =
        TinyCorpus.write(
            TinyJob.STORE,
            root,
            "other",
            9,
            3,
            "{\"version\":\"2\"}".getBytes(StandardCharsets.UTF_8));
    assertRefused(
        job.copy(Map.of("data", List.of(Map.of("name", "other", "uri", other)))),
        "TokenizerMismatch",
        "another tokenizer");
  }

  @Test
  void aCorpusThatIsNotThere() {
    var gone = job.run.data().getFirst().uri().replace("finance", "gone");
    assertRefused(
        job.copy(Map.of("data", List.of(Map.of("name", "gone", "uri", gone)))),
        "ObjectNotFound",
        "gone");
  }

  @Test
  void aModelInTheCorporasPlace() {
    var manifest = StoreUri.of(root.resolve("manifest.json"));
    TinyJob.STORE.put(manifest, "{\"kind\": \"model\"}".getBytes(StandardCharsets.UTF_8));
    assertRefused(
        job.copy(Map.of("data", List.of(Map.of("name", "model", "uri", manifest.toString())))),
        "NotACorpus",
        "is not the manifest of a corpus version");
  }

  @Test
  void anEmptyEntry() {
    assertRefused(
        job.copy(Map.of("data", Collections.singletonList(null))),
        "RunFileInvalid",
        "data[0]: Required value");
  }

  @Test
  void anEvaluationThatWouldNotBeMeasured() {
    var other = job.run.data().getLast().uri();
    assertRefused(
        job.copy(Map.of("evaluation", List.of(Map.of("name", "finance", "uri", other)))),
        "RunFileInvalid",
        "give one name to two corpora");
    var without = TinyCorpus.withoutHeldOut(root, "without");
    assertRefused(
        job.copy(Map.of("evaluation", List.of(Map.of("name", "without", "uri", without)))),
        "NoHeldOut",
        "without, which has no held-out documents");
  }

  @Test
  void aBaseModelThatIsNotThere() {
    var changes = new HashMap<String, Object>();
    changes.put("initialize", null);
    changes.put("baseModel", Map.of("uri", job.run.output() + "/nowhere"));
    assertRefused(job.copy(changes), "ModelNotFound", "does not exist");
  }

  @Test
  void theBestOfNothingMeasured() {
    var changes = new HashMap<String, Object>(Map.of("export", "best", "checkpoint.keepBest", 1));
    changes.put("evaluationSteps", null);
    assertRefused(job.copy(changes), "RunFileInvalid", "set evaluationSteps.");
    assertRefused(
        job.copy(Map.of("export", "best")),
        "RunFileInvalid",
        "set checkpoint.keepBest to 1 or more.");
  }

  @Test
  void bothStartsOrNone() {
    assertRefused(
        job.copy(Map.of("baseModel", Map.of("uri", "file:///x"))), "RunFileInvalid", "exactly one");
  }

  @Test
  void anArchitectureThatIsNotSupported() {
    assertRefused(
        job.copy(Map.of("initialize.config", Map.of("model_type", "gpt2", "vocab_size", 40))),
        "ModelNotSupported",
        "model_type is \"gpt2\"");
  }

  @Test
  void aModelThatDoesNotFit() {
    var config = new HashMap<>(TinyJob.CONFIG);
    config.putAll(Map.of("hidden_size", 4096, "intermediate_size", 11008, "num_hidden_layers", 32));
    assertRefused(
        job.copy(Map.of("initialize.config", config)), "TooLittleMemory", "GiB a device and cpu");
  }

  @Test
  void aWarmUpThatOutlastsTheRunIsToldAndNotRefused() {
    var run = job.copy(Map.of("output", job.withOutput("warm").output(), "warmupSteps", 5));
    var board = InProcess.board(run);
    InProcess.run(run, root.resolve("scratch-warm"), board);
    assertThat(board.report().notices())
        .singleElement()
        .satisfies(
            notice -> {
              assertThat(notice.reason()).isEqualTo("WarmupTooLong");
              assertThat(notice.message())
                  .contains("warm-up of 5 steps outlasts the run of 5", "ends at 0.00833");
            });
    var shorter = job.copy(Map.of("output", job.withOutput("less").output(), "warmupSteps", 4));
    var quiet = InProcess.board(shorter);
    InProcess.run(shorter, root.resolve("scratch-less"), quiet);
    assertThat(quiet.report().notices()).isNull();
  }

  @Test
  void aRunTooShortToGoBackOfWhichNoStepCanBeMade() {
    var tooShort =
        job.copy(
            Map.of(
                "output", job.withOutput("short").output(),
                "maxSteps", 2,
                "initialize.config", wildConfig()));
    assertRefused(tooShort, "Diverged", "Not one of the 2 steps could be made: Step 1: the loss");
  }

  @Test
  void aDivergingRunStopsWithASentence() {
    var wild =
        job.copy(
            Map.of(
                "output",
                job.withOutput("wild").output(),
                "learningRate",
                1.0,
                "maxSteps",
                200,
                "initialize.config",
                wildConfig()));
    assertRefused(wild, "Diverged", "learningRate");
  }

  // Weights beyond the range of fp32: no loss is finite.
  private static Map<String, Object> wildConfig() {
    var config = new HashMap<>(TinyJob.CONFIG);
    config.put("initializer_range", 1e39);
    return config;
  }
}
