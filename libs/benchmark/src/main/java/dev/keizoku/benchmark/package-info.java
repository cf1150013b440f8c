/**
 * The questions of the Japanese financial benchmark as they were published, with their notice under
 * {@code benchmarks/}: for evaluation, and for keeping them out of corpora, never for training.
 * Reads resources. Of its module it imports nothing.
 */
package dev.keizoku.benchmark;
