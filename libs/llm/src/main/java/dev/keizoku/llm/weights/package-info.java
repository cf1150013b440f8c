/**
 * Model folders in the Hugging Face layout: safetensors read by byte range and written in shards,
 * checked against the configuration. Never pickle, never remote code. Imports {@code llm.config},
 * {@code llm.torch}, the tokenizer and the object store.
 */
package dev.keizoku.llm.weights;
