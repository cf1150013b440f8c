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
 * @param next what the user says to the answer, to which the model writes another one; null where
 *     the answer is the end
 */
public record Answering(
    Writing writing, AnswerFilters filters, Map<String, TextMetric> metrics, Expression next) {

  /**
   * What an answer depends on beside its prompt.
   *
   * @param until texts that end it, and are no part of it
   * @param maxTokens most tokens of it
   * @param repeats answers to each question
   * @param sampling how tokens are drawn; null takes the likeliest
   * @param thinkEnd text up to which it is thinking, and no part of the answer; null for none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Writing(
      List<String> until, int maxTokens, int repeats, Sampling sampling, String thinkEnd) {

    /** Without the beginning that is thinking; as lm-evaluation-harness cuts it. */
    public String answer(String written) {
      int end = thinkEnd == null ? -1 : written.lastIndexOf(thinkEnd);
      return end < 0 ? written : written.substring(end + thinkEnd.length()).stripLeading();
    }

    /** The same in words, for keys. */
    @Override
    public String toString() {
      var words =
          "Writing[until=%s, maxTokens=%d, repeats=%d, sampling=%s]"
              .formatted(until, maxTokens, repeats, sampling);
      return thinkEnd == null ? words : words + " after " + thinkEnd;
    }
  }

  /** The same for a model that thinks before it answers. */
  Answering after(String thinkEnd) {
    var same =
        new Writing(writing.until, writing.maxTokens, writing.repeats, writing.sampling, thinkEnd);
    return new Answering(same, filters, metrics, next);
  }

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
