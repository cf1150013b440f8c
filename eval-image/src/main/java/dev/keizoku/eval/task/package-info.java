/**
 * The benchmark's tasks as data: which prompt texts exist, which metrics are taken. A task is a
 * YAML file under {@code tasks/}, its prompt texts one under {@code prompts/}; its questions are
 * those of {@code libs/benchmark}. Reads resources. Of its module it imports nothing.
 */
package dev.keizoku.eval.task;
