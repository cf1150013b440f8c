/**
 * Corpora as batches: a packed, shuffled, weighted stream of token sequences, in an order that
 * depends on nothing but the seed. Imports {@code storage.tokens} and {@code llm.model} (segments).
 */
package dev.keizoku.trainer.data;
