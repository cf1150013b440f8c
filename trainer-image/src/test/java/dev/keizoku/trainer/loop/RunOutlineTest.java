package dev.keizoku.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.bytes.Json;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.config.ModelLayout;
import dev.keizoku.llm.weights.ModelWriter;
import dev.keizoku.llm.weights.RandomWeights;
import dev.keizoku.llm.weights.safetensors.FloatFormat;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.artifact.ArtifactFolder;
import dev.keizoku.storage.hub.HubAccess;
import dev.keizoku.storage.open.StoreRouter;
import dev.keizoku.testing.HubServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
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

  /** The manifest of the model tells it, after the last step. */
  @Test
  void aRunWithoutANameHasOne() {
    var unnamed = new HashMap<String, Object>();
    unnamed.put("name", null);
    assertThat(job.copy(unnamed).name()).isEqualTo("training");
  }

  @Test
  void theStepsAreThoseOfTheTokens() throws IOException {
    var tokens = 0L;
    for (var name : List.of("finance", "general")) {
      var shard = root.resolve(name).resolve("tokens");
      try (var files = Files.list(shard)) {
        for (var file : files.filter(f -> f.toString().endsWith(".bin")).toList()) {
          tokens += Files.size(file) / Integer.BYTES / job.run.training().sequenceLength();
        }
      }
    }
    assertThat(read(job.run).stepsPerEpoch()).isEqualTo(tokens / 8.0);
    assertThat(read(job.run).passes(job.run, tokens).values()).containsExactly(8.0, 8.0);
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
    assertRefused(Map.of("learningRate", 0), "RunFileInvalid");
    assertRefused(Map.of("sequenceLength", 65), "RunFileInvalid");
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

  @Test
  void noWeightOfAHubsModelIsRead() throws IOException {
    try (var hub = new HubServer()) {
      var weights = publish(hub);
      var access = HubAccess.fromEnvironment(Map.of("HF_ENDPOINT", hub.endpoint()));
      try (var store = StoreRouter.open(null, null, access)) {
        var changes = new HashMap<String, Object>();
        changes.put("initialize", null);
        changes.put("baseModel", Map.of("uri", "hf://acme/tiny"));
        assertThat(RunOutline.read(job.copy(changes), store).config().layers()).isEqualTo(2);
      }
      // The header's length comes first, then the header, then the weights.
      var header = ByteBuffer.wrap(weights).order(ByteOrder.LITTLE_ENDIAN).getLong();
      var asked = hub.requests.stream().filter(r -> r.startsWith("STORAGE model.")).toList();
      assertThat(asked).isNotEmpty();
      assertThat(asked)
          .allSatisfy(
              range ->
                  assertThat(Long.parseLong(range.replaceAll(".*-", "")))
                      .isLessThan(Long.BYTES + header));
    }
  }

  /** Puts a model of random weights there; gives the file of its weights. */
  private byte[] publish(HubServer hub) {
    var uri = StoreUri.of(root.resolve("model"));
    new ModelWriter(new ArtifactFolder(TinyJob.STORE, uri), FloatFormat.F32)
        .write(ModelLayout.of(ModelConfig.of(TinyJob.CONFIG)), new RandomWeights(1, 0.02));
    var weights = TinyJob.STORE.read(uri.child("model.safetensors"));
    assertThat(weights.length).isGreaterThan(HubServer.LARGE);
    hub.files.put("model.safetensors", weights);
    hub.files.put("config.json", Json.bytes(TinyJob.CONFIG));
    hub.files.put("tokenizer.json", TinyCorpus.TOKENIZER);
    return weights;
  }

  @Test
  void aConfigurationAtHandIsLookedAtToo() {
    var config = new HashMap<>(TinyJob.CONFIG);
    config.put("max_position_embeddings", 8);
    assertThatThrownBy(() -> RunOutline.of(job.run, 10_000, config))
        .hasMessage(
            "sequenceLength is 16, but the model has 8 positions (max_position_embeddings);"
                + " shorten it.");
    assertThatThrownBy(() -> RunOutline.read(job.run, TinyJob.STORE, config))
        .hasMessageContaining("the model has 8 positions");
  }

  private void assertRefused(Map<String, Object> changes, String reason) {
    assertThatThrownBy(() -> read(job.copy(changes)))
        .isInstanceOfSatisfying(
            RunFault.class, fault -> assertThat(fault.reason().word()).isEqualTo(reason));
  }
}
