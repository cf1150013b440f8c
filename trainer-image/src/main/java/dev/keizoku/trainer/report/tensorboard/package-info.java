/**
 * Writes the event files that TensorBoard reads: scalars by step, and the mark that a run went on
 * from a checkpoint. Two formats on top of each other, both written by hand because so little of
 * them is needed: records with checksums ({@code RecordOutput}) that hold Protocol Buffers messages
 * ({@code EventMessage}). Knows no run, model or storage; imports the JDK only.
 */
package dev.keizoku.trainer.report.tensorboard;
