/**
 * The evaluator program: models and tasks in, scored samples and a verdict out. Here is its command
 * line; the rooms below follow each other as the data does: task, request, score, metric, stats,
 * result, report, and around them plan and run. Which room may see which is said by {@code
 * ModuleRulesTest}. Of its module it imports {@code command}, {@code run}.
 */
package dev.keizoku.eval;
