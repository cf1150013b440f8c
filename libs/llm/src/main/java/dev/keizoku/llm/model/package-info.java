/**
 * The decoder-only transformer of the Qwen, Llama and Mistral families: forward pass and
 * hand-written backward pass, layer by layer. Knows no rank, file, clock or environment. Of its
 * module it imports {@code config}, {@code kernel}, {@code model.attention}, {@code torch}.
 */
package dev.keizoku.llm.model;
