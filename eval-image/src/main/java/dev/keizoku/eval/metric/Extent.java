package dev.keizoku.eval.metric;

/**
 * How long a document is, in the units that its likelihood is divided by.
 *
 * @param tokens of the model's own tokenizer that were predicted
 * @param characters Unicode code points
 * @param bytes of UTF-8
 * @param words pieces between blanks
 */
public record Extent(int tokens, int characters, int bytes, int words) {}
