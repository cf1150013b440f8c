/**
 * The whole of a unit's parameters for the time that a rank computes with it, wherever its slices
 * are. Of its module it imports {@code parallel.shard} and {@code parallel.collective}.
 */
package dev.keizoku.trainer.parallel.gather;
