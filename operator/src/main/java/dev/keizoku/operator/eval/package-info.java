/**
 * A BenchmarkEval: what its pod is told and what its status shows. Of its module it imports {@code
 * input}, {@code job}, {@code reconcile}, {@code run}, {@code settings}, {@code status}, {@code
 * words}.
 */
package dev.keizoku.operator.eval;
