/**
 * Which tasks there are, read from their files: those that the program carries, and a user's in a
 * store. A prompt of a task is a file of its own that says so in {@code metadata}. Of its module it
 * imports {@code answer}, {@code data}, {@code task}.
 */
package dev.keizoku.eval.catalog;
