/**
 * What the evaluator program can do beside a run, a class a subcommand. Only the main class knows
 * it. Of its module it imports {@code api}, {@code catalog}, {@code compare}, {@code files}, {@code
 * judge}, {@code kept}, {@code plan}, {@code report}, {@code request}, {@code score}, {@code
 * stats}, {@code task}.
 */
package dev.keizoku.eval.command;
