/**
 * Inference: a model on one device or over several, next-token probabilities of several sequences
 * side by side, each with its own past, greedy decoding, and the prompts that programs let a model
 * continue. Of its module it imports {@code config}, {@code kernel}, {@code model}, {@code
 * model.attention}, {@code torch}, {@code weights}.
 */
package dev.keizoku.llm.generate;
