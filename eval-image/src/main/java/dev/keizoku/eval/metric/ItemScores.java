package dev.keizoku.eval.metric;

import java.util.OptionalDouble;

/** A metric's value for each question, in a form that can be taken over any choice of questions. */
public sealed interface ItemScores permits MeanScores, MacroF1Scores {
  /** Questions. */
  int size();

  /** The metric over all questions. */
  double score();

  /**
   * The metric over a resample.
   *
   * @param items indices of questions, each 0 to {@link #size} - 1, repeats allowed; at least one
   */
  double score(int[] items);

  /** Standard error of {@link #score()}, where the metric has one. */
  OptionalDouble standardError();
}
