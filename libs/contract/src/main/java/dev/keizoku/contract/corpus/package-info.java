/** The run file of the corpus program. Of its module it imports {@code run}. */
package dev.keizoku.contract.corpus;
