package dev.keizoku.llm.model.attention;

/**
 * Neighbouring tokens that see each other (and nothing else): a document, a part of one, or a whole
 * packed sequence where crossing is allowed.
 *
 * @param start row of the first token in the batch
 * @param length number of tokens, 1 or more
 */
public record Segment(int start, int length) {}
