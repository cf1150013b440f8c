/**
 * Inference: next-token probabilities of several sequences side by side, each with its own past,
 * and greedy decoding. Imports {@code llm.model} and {@code llm.torch}; knows no text.
 */
package dev.keizoku.llm.generate;
