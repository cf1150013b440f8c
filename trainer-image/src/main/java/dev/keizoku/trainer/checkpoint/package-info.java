/**
 * Checkpoints: one file a rank and {@code metadata.json} last, written in the background, verified
 * by digest when they are read, and readable by another number of ranks. Imports {@code storage},
 * {@code trainer.parallel}, {@code trainer.report}, {@code trainer.guard}.
 */
package dev.keizoku.trainer.checkpoint;
