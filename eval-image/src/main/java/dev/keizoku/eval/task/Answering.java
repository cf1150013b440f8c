package dev.keizoku.eval.task;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.keizoku.eval.answer.AnswerFilters;
import dev.keizoku.eval.answer.TextMetric;
import java.util.List;
import java.util.Map;

/**
 * How a task lets a model write an answer, and how that is read.
 *
 * @param writing what of it the answer depends on
 * @param filters from what was written to the answer that is scored
 * @param metrics by name
 */
public record Answering(Writing writing, AnswerFilters filters, Map<String, TextMetric> metrics) {

  /**
   * What an answer depends on beside its prompt.
   *
   * @param until texts that end it, and are no part of it
   * @param maxTokens most tokens of it
   * @param repeats answers to each question
   * @param sampling how tokens are drawn; null takes the likeliest
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Writing(List<String> until, int maxTokens, int repeats, Sampling sampling) {}

  /**
   * How tokens are drawn.
   *
   * @param temperature above 0
   * @param topK tokens drawn from at most; 0 for all
   * @param topP probability that these have together; 1 for all
   * @param seed of the draws
   */
  public record Sampling(double temperature, int topK, double topP, long seed) {}
}
