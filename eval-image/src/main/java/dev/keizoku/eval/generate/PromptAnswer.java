package dev.keizoku.eval.generate;

/**
 * What a model wrote after a prompt.
 *
 * @param text without what it thought first
 * @param ended whether it came to its end; else it was cut by its length
 */
public record PromptAnswer(String text, boolean ended) {}
