/**
 * The optimizer's arithmetic: learning-rate schedules, clipping, and which part of a rank's shard
 * is decayed. Pure, or on tensors it is given. Of its module it imports nothing.
 */
package dev.keizoku.trainer.optim;
