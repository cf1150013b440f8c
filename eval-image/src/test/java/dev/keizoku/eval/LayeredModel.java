package dev.keizoku.eval;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.config.ModelLayout;
import dev.keizoku.llm.weights.ModelWriter;
import dev.keizoku.llm.weights.RandomWeights;
import dev.keizoku.llm.weights.safetensors.FloatFormat;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.artifact.ArtifactFolder;
import dev.keizoku.storage.open.StoreRouter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Models of random weights, most of them in their eight layers: 5.5 of 5.9 or 6.2 MB. */
public final class LayeredModel {
  private static final Path TOKENIZER = Path.of("src/test/resources/models/base/tokenizer.json");

  private LayeredModel() {}

  /**
   * Writes one.
   *
   * @param family its type in {@code config.json}, and the name of its folder
   * @param tied whether its output layer is the embedding
   */
  public static void write(Path folder, String family, boolean tied) throws IOException {
    Map<String, Object> json =
        Map.ofEntries(
            Map.entry("model_type", family),
            Map.entry("vocab_size", 2000),
            Map.entry("hidden_size", 48),
            Map.entry("intermediate_size", 1200),
            Map.entry("num_hidden_layers", 8),
            Map.entry("num_attention_heads", 4),
            Map.entry("num_key_value_heads", 2),
            Map.entry("head_dim", 12),
            Map.entry("max_position_embeddings", 256),
            Map.entry("tie_word_embeddings", tied));
    var model = Files.createDirectory(folder.resolve(family));
    Files.copy(TOKENIZER, model.resolve("tokenizer.json"));
    Files.write(model.resolve("config.json"), new ObjectMapper().writeValueAsBytes(json));
    var written = new ArtifactFolder(StoreRouter.open(null, null), StoreUri.of(model));
    new ModelWriter(written, FloatFormat.F32)
        .write(ModelLayout.of(ModelConfig.of(json)), new RandomWeights(family.hashCode(), 0.1));
  }
}
