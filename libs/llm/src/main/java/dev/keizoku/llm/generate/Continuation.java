package dev.keizoku.llm.generate;

/**
 * What was written after a prompt.
 *
 * @param tokens without the one that ended it
 * @param ended whether it came to its end; else it was cut by its length
 */
public record Continuation(int[] tokens, boolean ended) {}
