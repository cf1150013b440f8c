/**
 * Tasks as files in lm-evaluation-harness' form: those that the program carries, and a user's in a
 * store. A prompt of a task is a file of its own that says so in {@code metadata}. Of its module it
 * imports {@code answer}, {@code data}, {@code metric}, {@code template}.
 */
package dev.keizoku.eval.task;
