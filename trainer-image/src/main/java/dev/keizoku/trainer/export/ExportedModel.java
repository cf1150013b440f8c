package dev.keizoku.trainer.export;

import dev.keizoku.llm.config.ModelConfig;
import java.util.Map;

/**
 * What is known of a tuned model besides its weights.
 *
 * @param config the model
 * @param configJson its {@code config.json}
 * @param files tokenizer and what else goes along, by name
 */
public record ExportedModel(
    ModelConfig config, Map<String, Object> configJson, Map<String, byte[]> files) {}
