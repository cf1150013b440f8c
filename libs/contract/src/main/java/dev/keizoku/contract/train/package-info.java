/** The run file of the trainer. */
package dev.keizoku.contract.train;
