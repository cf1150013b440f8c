/**
 * Inference: a whole model on one device, next-token probabilities of several sequences side by
 * side, each with its own past, greedy decoding, and the prompts that programs let a model
 * continue. Imports {@code llm.weights}, {@code llm.config}, {@code llm.model}, {@code llm.torch}
 * and, for the prompts alone, the tokenizer.
 */
package dev.keizoku.llm.generate;
