package dev.keizoku.eval.score;

import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.torch.DataType;

/**
 * What is known of a model before its weights are read.
 *
 * @param config its configuration
 * @param type the narrowest type that holds its weights as they are stored
 * @param longest tokens of the longest text that it is shown, with what it writes to it
 * @param tokens that it is fed at least, for all tasks but those whose answers it writes
 * @param predictions tokens of which it is asked how likely they are, likewise
 */
public record ModelNeeds(
    ModelConfig config, DataType type, int longest, long tokens, long predictions) {}
