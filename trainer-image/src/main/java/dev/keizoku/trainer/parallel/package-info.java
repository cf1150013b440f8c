/**
 * Training on several devices: a rank is a device and the thread that drives it. Parameters,
 * gradients and optimizer state are sharded over the ranks as in DeepSpeed's ZeRO, by layer; the
 * model does not know it. What the ranks do together is in {@code collective}, how slices are cut
 * in {@code shard}, how a unit becomes whole in {@code gather}. Of its module it imports {@code
 * data}, {@code optim}, {@code parallel.collective}, {@code parallel.gather}, {@code
 * parallel.shard}.
 */
package dev.keizoku.trainer.parallel;
