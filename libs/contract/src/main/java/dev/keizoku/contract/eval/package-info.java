/** The run file of the evaluator. */
package dev.keizoku.contract.eval;
