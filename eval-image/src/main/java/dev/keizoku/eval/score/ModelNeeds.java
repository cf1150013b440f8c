package dev.keizoku.eval.score;

import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.torch.DataType;

/**
 * What is known of a model before its weights are read.
 *
 * @param config its configuration
 * @param type the narrowest type that holds its weights as they are stored
 */
public record ModelNeeds(ModelConfig config, DataType type) {}
