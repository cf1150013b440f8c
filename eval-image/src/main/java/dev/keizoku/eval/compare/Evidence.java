package dev.keizoku.eval.compare;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What speaks for a difference.
 *
 * @param test {@code mcnemar} (exact), {@code randomization}, or {@code unpaired}
 * @param p the two-sided p-value of the difference; null where no test could be made
 * @param pAdjusted the same after Holm's correction over the tasks of the candidate
 * @param standardError of the difference; null where it is not known
 * @param detectable the smallest true difference that so many items with so many different answers
 *     show with 80 % probability
 * @param planned the same as it was to be expected before anything was scored; null for a metric
 *     that is no share
 * @param low end of the difference for a one-sided statement at the gate's alpha
 * @param high the other end
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Evidence(
    String test,
    Double p,
    Double pAdjusted,
    Double standardError,
    Double detectable,
    Double planned,
    Double low,
    Double high) {

  /** No items, no evidence. */
  public static final Evidence NONE =
      new Evidence("none", null, null, null, null, null, null, null);

  Evidence adjusted(Double value) {
    return new Evidence(test, p, value, standardError, detectable, planned, low, high);
  }
}
