/** The run file of the trainer. Of its module it imports {@code run}, {@code setting}. */
package dev.keizoku.contract.train;
