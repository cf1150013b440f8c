/**
 * Model folders in the Hugging Face layout: safetensors read by byte range and written in shards,
 * checked against the configuration. Never pickle, never remote code. Of its module it imports
 * {@code config}, {@code torch}, {@code weights.safetensors}.
 */
package dev.keizoku.llm.weights;
