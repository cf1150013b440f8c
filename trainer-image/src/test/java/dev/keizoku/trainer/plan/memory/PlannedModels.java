package dev.keizoku.trainer.plan.memory;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.keizoku.contract.train.Training.Precision;
import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.config.ModelLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The models and settings that the tests of this package plan for. */
public final class PlannedModels {
  private PlannedModels() {}

  @SuppressWarnings("unchecked")
  public static ModelLayout nekomata14b() {
    try (var in = PlannedModels.class.getResourceAsStream("/plan/nekomata-14b-config.json")) {
      Map<String, Object> json = new JsonMapper().readValue(in, LinkedHashMap.class);
      return ModelLayout.of(ModelConfig.of(json));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static ModelLayout small(String family, int keyValueHeads) {
    return small(family, keyValueHeads, Map.of());
  }

  /** A Mistral whose blocks see so many tokens. */
  public static ModelLayout sliding(int window) {
    return small("mistral", 2, Map.of("sliding_window", window));
  }

  /** The small model with other settings. */
  public static ModelLayout small(String family, int keyValueHeads, Map<String, ?> more) {
    var json =
        new LinkedHashMap<String, Object>(
            Map.of(
                "model_type", family,
                "vocab_size", 300,
                "hidden_size", 64,
                "intermediate_size", 176,
                "num_hidden_layers", 2,
                "num_attention_heads", 4,
                "num_key_value_heads", keyValueHeads,
                "max_position_embeddings", 512));
    json.putAll(more);
    return ModelLayout.of(ModelConfig.of(json));
  }

  public static Setting bf16(int devices, int stage, int microBatch) {
    return new Setting(
        devices, stage, microBatch, 2048, true, false, Precision.BF16, false, Samples.NONE);
  }
}
