/**
 * Reads the questions that a corpus must not hold, those that an evaluation asks from the files
 * that it reads. Of its module it imports {@code decontaminate}.
 */
package dev.keizoku.corpus.questions;
