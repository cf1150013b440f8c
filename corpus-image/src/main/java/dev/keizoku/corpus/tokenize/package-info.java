/**
 * Token ids of documents in a fixed order, computed on several threads. Imports the tokenizer and
 * the JDK only.
 */
package dev.keizoku.corpus.tokenize;
