/**
 * The decoder-only transformer of the Qwen, Llama and Mistral families: forward pass and
 * hand-written backward pass, layer by layer. Knows no rank, file, clock or environment; imports
 * {@code llm.config}, {@code llm.kernel}, {@code llm.torch} and the contract's faults.
 */
package dev.keizoku.llm.model;
