/**
 * The benchmark's tasks as data: which file holds the questions, which prompt texts exist, which
 * metrics are taken. A task is a YAML file under {@code tasks/}, its prompt texts one under {@code
 * prompts/}; the questions lie under {@code benchmarks/} with their notice and are for evaluation
 * only, never for training. Reads resources. Of its module it imports nothing.
 */
package dev.keizoku.eval.task;
