/**
 * The decoder-only transformer of the Qwen, Llama and Mistral families: its configuration, its
 * parameters by their Hugging Face names, forward pass and hand-written backward pass, layer by
 * layer. Knows no rank, file, clock or environment; imports {@code llm.torch} and the contract's
 * faults.
 */
package dev.keizoku.llm.model;
