/**
 * The evaluator program: models and tasks in, scored samples and a verdict out. The flow goes one
 * way: task, question, request, log-likelihood, metric, statistics, result, report. Imports the
 * libraries and its own packages.
 */
package dev.keizoku.eval;
