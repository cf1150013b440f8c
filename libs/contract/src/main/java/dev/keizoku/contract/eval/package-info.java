/**
 * The run file of the evaluator. Of its module it imports {@code result}, {@code run}, {@code
 * setting}, {@code words}.
 */
package dev.keizoku.contract.eval;
