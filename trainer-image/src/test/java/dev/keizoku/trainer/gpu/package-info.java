/**
 * The checks of {@code make gpu-check}: what a device computes against what processors and
 * transformers compute, on one rank and on four of one card, and how fast. A program of its own,
 * since the machine with the device has no Maven; {@code GpuCheckTest} rehearses it on a processor.
 */
package dev.keizoku.trainer.gpu;
