/**
 * What the evaluator program can do beside a run, a class a subcommand. Only the main class knows
 * it. Of its module it imports {@code compare}, {@code kept}, {@code report}, {@code result},
 * {@code stats}, {@code task}.
 */
package dev.keizoku.eval.command;
