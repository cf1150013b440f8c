/**
 * Texts that the models write after the same beginnings, for people to read beside the scores.
 * Imports {@code .result}, {@code dev.keizoku.llm} and the tokenizer.
 */
package dev.keizoku.eval.generate;
