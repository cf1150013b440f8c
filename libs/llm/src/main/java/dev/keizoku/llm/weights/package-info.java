/**
 * Model folders in the Hugging Face layout: safetensors read by byte range and written in shards,
 * checked against the configuration. Never pickle, never remote code. Imports {@code llm.model},
 * {@code llm.generate}, {@code llm.torch} and the object store.
 */
package dev.keizoku.llm.weights;
