/**
 * What the evaluator program can do beside a run, a class a subcommand. Only the main class knows
 * it.
 */
package dev.keizoku.eval.command;
