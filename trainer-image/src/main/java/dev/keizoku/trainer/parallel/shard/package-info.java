/**
 * How a unit is cut over ranks, and what of it a stage of ZeRO shards. Of its module it imports
 * nothing.
 */
package dev.keizoku.trainer.parallel.shard;
