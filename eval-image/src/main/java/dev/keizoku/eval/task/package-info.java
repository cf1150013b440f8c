/**
 * A task with its prompts, rows and examples, as its files in lm-evaluation-harness' form say it.
 * Of its module it imports {@code answer}, {@code data}, {@code metric}, {@code template}.
 */
package dev.keizoku.eval.task;
