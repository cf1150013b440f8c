package dev.keizoku.eval.compare;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.keizoku.contract.result.EvalResult.Score;
import dev.keizoku.eval.stats.Interval;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.List;

/**
 * Base and candidate on the same items.
 *
 * @param task name in result files, or {@link #OVERALL}
 * @param metric the metric that stands for the task; {@link #MEAN} over all tasks
 * @param candidate the candidate's name
 * @param base the base model's score
 * @param tuned the candidate's score
 * @param delta tuned minus base
 * @param interval of delta; null where it is not known
 * @param evidence what speaks for the difference
 * @param counts of items
 * @param guessing what guessing would score; null where one cannot guess
 * @param higherIsBetter whether a positive delta is a gain
 * @param general whether it is about what a model may forget
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
    @JsonUnwrapped Evidence evidence,
    @JsonUnwrapped Counts counts,
    Double guessing,
    boolean higherIsBetter,
    boolean general) {

  /** The name of the row over all tasks. */
  public static final String OVERALL = "overall";

  /** The name of the row over all tasks of what a model may forget. */
  public static final String GENERAL = "general";

  /** What stands in place of a metric there. */
  public static final String MEAN = "mean";

  private static final int DIGITS = 6;

  /** The difference as a gain: positive is good whatever the metric. */
  @JsonIgnore
  public double gain() {
    return higherIsBetter ? delta : -delta;
  }

  /** Whether no item is done better or worse than by the base model. */
  @JsonIgnore
  public boolean same() {
    return delta == 0 && counts.gained() == 0 && counts.lost() == 0;
  }

  /**
   * The same, a mean over tasks, by the evidence of its only task where it has no other: one
   * difference is not read at two levels.
   *
   * @param of the rows that it is the mean of
   */
  Comparison asRead(List<Comparison> of) {
    return of.size() == 1 ? with(of.getFirst().evidence) : this;
  }

  /** What may be said of the difference. */
  public Judgement judge(double confidence, Double margin) {
    return Judgement.of(this, confidence, margin);
  }

  /**
   * The lower end of the gain, one-sided at the gate's alpha; in shares of the base's score where
   * less is better, which has no fixed scale.
   */
  @JsonIgnore
  public double lowestGain() {
    return higherIsBetter ? evidence.low() : share(-evidence.high());
  }

  /** The upper end of the gain, likewise. */
  @JsonIgnore
  public double highestGain() {
    return higherIsBetter ? evidence.high() : share(-evidence.low());
  }

  /** No difference is no share, also of a base that makes no mistake. */
  private double share(double gain) {
    return gain == 0 ? 0 : gain / base.value();
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
        counts.n());
  }

  Comparison adjusted(Double p) {
    return with(evidence.adjusted(p));
  }

  Comparison with(Evidence other) {
    return new Comparison(
        task,
        metric,
        candidate,
        base,
        tuned,
        delta,
        interval,
        other,
        counts,
        guessing,
        higherIsBetter,
        general);
  }

  /** Unweighted mean, the benchmark's overall score. */
  public static double mean(Collection<Double> scores) {
    return scores.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  /** A number as it stands in reports. */
  public static double rounded(double value) {
    return BigDecimal.valueOf(value).setScale(DIGITS, RoundingMode.HALF_EVEN).doubleValue();
  }
}
