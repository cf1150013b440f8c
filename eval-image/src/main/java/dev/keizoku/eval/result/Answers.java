package dev.keizoku.eval.result;

import java.util.Map;

/**
 * What the models wrote after the same prompt.
 *
 * @param prompt the text before
 * @param byModel the text after, by the model's name, in the run's order
 */
public record Answers(String prompt, Map<String, String> byModel) {}
