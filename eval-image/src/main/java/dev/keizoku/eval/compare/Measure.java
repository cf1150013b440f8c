package dev.keizoku.eval.compare;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.keizoku.eval.metric.ItemScores;
import dev.keizoku.eval.stats.Interval;

/**
 * A model's score.
 *
 * @param value 0 to 1, for most metrics
 * @param standardError null where it is not known
 * @param interval of the score by itself; null where it was not taken
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Measure(double value, Double standardError, Interval interval) {
  /** The score over all items, with the metric's own standard error. */
  public static Measure of(ItemScores scores) {
    var error = scores.standardError();
    return new Measure(scores.score(), error.isPresent() ? error.getAsDouble() : null, null);
  }
}
