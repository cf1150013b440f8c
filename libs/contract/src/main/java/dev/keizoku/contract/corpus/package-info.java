/** The run file of the corpus program. */
package dev.keizoku.contract.corpus;
