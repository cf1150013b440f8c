package dev.keizoku.eval.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.keizoku.eval.metric.ItemScores;

/**
 * A model's score.
 *
 * @param value 0 to 1
 * @param standardError null where the metric has none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Measure(double value, Double standardError) {
  /** The score over all questions. */
  public static Measure of(ItemScores scores) {
    var error = scores.standardError();
    return new Measure(scores.score(), error.isPresent() ? error.getAsDouble() : null);
  }
}
