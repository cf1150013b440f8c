/**
 * Checkpoints: one file a rank and {@code metadata.json} last, written in the background from one
 * copy in host memory or on the scratch volume, verified by digest when they are read, and readable
 * by another number of ranks. Of its module it imports {@code guard}, {@code parallel} and {@code
 * report}.
 */
package dev.keizoku.trainer.checkpoint;
