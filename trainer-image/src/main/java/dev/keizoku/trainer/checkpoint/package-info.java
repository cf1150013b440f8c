/**
 * Checkpoints: one file a rank and {@code metadata.json} last, written in the background, verified
 * by digest when they are read, and readable by another number of ranks. Of its module it imports
 * {@code guard}, {@code parallel} and {@code report}.
 */
package dev.keizoku.trainer.checkpoint;
