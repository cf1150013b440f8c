/** The run file of the trainer. Of its module it imports {@code run}. */
package dev.keizoku.contract.train;
