/** The run file of the evaluator. Of its module it imports {@code run} and {@code train}. */
package dev.keizoku.contract.eval;
