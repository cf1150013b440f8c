/**
 * What ranks do together: gather slices, sum in the order of the ranks, send to all, wait for each
 * other. Ranks in one memory and ranks that copy are two implementations; where sums are made, and
 * so where equality of bits is decided, is here alone. Of its module it imports {@code
 * parallel.shard}.
 */
package dev.keizoku.trainer.parallel.collective;
