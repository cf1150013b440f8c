/**
 * Corpora as batches: a packed, shuffled, weighted stream of token sequences, in an order that
 * depends on nothing but the seed. Of its module it imports nothing.
 */
package dev.keizoku.trainer.data;
