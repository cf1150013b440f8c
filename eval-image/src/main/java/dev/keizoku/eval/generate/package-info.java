/**
 * Texts that the models write: answers to the questions of tasks, and continuations of the same
 * beginnings for people to read beside the scores. Of its module it imports {@code api}, {@code
 * items}, {@code request}, {@code score}, {@code task}.
 */
package dev.keizoku.eval.generate;
