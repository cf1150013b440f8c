package dev.keizoku.eval.result;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.keizoku.contract.result.EvalResult.Score;
import dev.keizoku.eval.stats.Interval;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;

/**
 * Base and candidate on the same questions.
 *
 * @param task name in result files, or {@link #OVERALL}
 * @param metric the metric that stands for the task; {@code mean} over all tasks
 * @param candidate the candidate's name
 * @param base the base model's score
 * @param tuned the candidate's score
 * @param delta tuned minus base
 * @param interval of delta
 * @param n questions
 * @param gained questions that only the candidate answers right
 * @param lost questions that only the base model answers right
 * @param changed questions that the two answer differently, rightly or wrongly
 * @param guessing what guessing would score
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Comparison(
    String task,
    String metric,
    String candidate,
    Measure base,
    Measure tuned,
    double delta,
    Interval interval,
    long n,
    long gained,
    long lost,
    long changed,
    double guessing) {

  /** The name of the row over all tasks. */
  public static final String OVERALL = "overall";

  private static final int DIGITS = 6;

  /** True when the interval holds no difference at all. */
  @JsonIgnore
  public boolean withinNoise() {
    return interval.containsZero();
  }

  /** The row for the final report, numbers to six digits. */
  public Score score() {
    return new Score(
        task,
        metric,
        candidate,
        rounded(base.value()),
        rounded(tuned.value()),
        rounded(delta),
        rounded(interval.low()),
        rounded(interval.high()),
        n);
  }

  /** Unweighted mean, the benchmark's overall score. */
  static double mean(Collection<Double> scores) {
    return scores.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  private static double rounded(double value) {
    return BigDecimal.valueOf(value).setScale(DIGITS, RoundingMode.HALF_EVEN).doubleValue();
  }
}
