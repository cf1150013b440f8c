/**
 * Training on several devices: a rank is a device and the thread that drives it. Parameters,
 * gradients and optimizer state are sharded over the ranks as in DeepSpeed's ZeRO, by layer; the
 * model does not know it. Collectives are copies inside the process, and no copies where all ranks
 * compute in host memory: then each owns a slice of buffers that all see. Of its module it imports
 * {@code data} and {@code optim}.
 */
package dev.keizoku.trainer.parallel;
