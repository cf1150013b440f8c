package dev.keizoku.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.RunFault;
import dev.keizoku.contract.TrainRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run as its plan sees it: what it says and refuses, without weights and tokens. */
class RunOutlineTest {
  @TempDir Path root;
  private TinyJob job;

  @BeforeEach
  void writeInputs() {
    job = new TinyJob(root, 2, 1, 5);
  }

  private RunOutline read(TrainRun run) {
    return RunOutline.read(run, TinyJob.STORE);
  }

  @Test
  void theStepsAreThoseOfTheTokens() throws IOException {
    var tokens = 0L;
    for (var name : List.of("finance", "general")) {
      var shard = root.resolve(name).resolve("tokens");
      try (var files = Files.list(shard)) {
        for (var file : files.filter(f -> f.toString().endsWith(".bin")).toList()) {
          tokens += Files.size(file) / Integer.BYTES / job.run.sequenceLength();
        }
      }
    }
    assertThat(read(job.run).stepsPerEpoch()).isEqualTo(tokens / 8.0);
  }

  @Test
  void noTokenIsRead() throws IOException {
    for (var name : List.of("finance", "general")) {
      try (var files = Files.list(root.resolve(name).resolve("tokens"))) {
        for (var file : files.toList()) {
          Files.delete(file);
        }
      }
    }
    assertThat(read(job.run).config().layers()).isEqualTo(2);
  }

  @Test
  void whatTrainingRefusesIsRefused() {
    assertRefused(Map.of("training.learningRate", 0), "InvalidRun");
    assertRefused(Map.of("sequenceLength", 65), "SequenceTooLong");
    var foreign = Map.of("model_type", "gpt2", "vocab_size", 40);
    assertRefused(Map.of("initialize.config", foreign), "ModelNotSupported");
    var tokenizer = "{\"version\":\"2\"}".getBytes(StandardCharsets.UTF_8);
    var other = TinyCorpus.write(TinyJob.STORE, root, "other", 9, 3, tokenizer);
    var data = List.of(Map.of("name", "other", "uri", other));
    assertRefused(Map.of("data", data), "TokenizerMismatch");
    assertRefused(Map.of("evaluation", data), "TokenizerMismatch");
    var gone = other.replace("other", "gone");
    assertRefused(Map.of("data", List.of(Map.of("name", "gone", "uri", gone))), "ObjectNotFound");
  }

  private void assertRefused(Map<String, Object> changes, String reason) {
    assertThatThrownBy(() -> read(job.copy(changes)))
        .isInstanceOfSatisfying(
            RunFault.class, fault -> assertThat(fault.reason()).isEqualTo(reason));
  }
}
