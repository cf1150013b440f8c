/**
 * What a rank of a run needs in memory: of the model's state, of activations and of the sample
 * texts, by the run's setting. Of its module it imports {@code parallel.shard}.
 */
package dev.keizoku.trainer.plan.memory;
