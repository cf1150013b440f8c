/**
 * Paragraphs that stand in several documents: which lines can be one, in how many they stand, and
 * the documents without them. Of its module it imports {@code dedup}, {@code filter}, {@code
 * read.file}, {@code spool}, {@code timing}, {@code tokenize}.
 */
package dev.keizoku.corpus.paragraph;
