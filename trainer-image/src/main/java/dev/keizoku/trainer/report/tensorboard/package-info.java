/**
 * Writes the event files that TensorBoard reads: scalars by step. Two formats on top of each other,
 * both written by hand because so little of them is needed: records with checksums ({@code
 * RecordOutput}) that hold Protocol Buffers messages ({@code EventMessage}). Knows no run, model or
 * storage. Of its module it imports nothing.
 */
package dev.keizoku.trainer.report.tensorboard;
