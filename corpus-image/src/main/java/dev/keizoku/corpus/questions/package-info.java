/**
 * Reads the questions that a corpus must not hold, those that an evaluation asks from the files
 * that it reads, and counts where they were found. Of its module it imports {@code decontaminate},
 * {@code spool}.
 */
package dev.keizoku.corpus.questions;
