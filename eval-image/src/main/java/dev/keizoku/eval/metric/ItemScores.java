package dev.keizoku.eval.metric;

import java.util.OptionalDouble;

/**
 * A metric's value for each item of a task (a question, a document), in a form that can be taken
 * over any choice of items: an item adds some numbers, and the score is a function of their sums.
 * So a resample, or one model's answers exchanged for another's, costs one addition an item, and
 * items that belong together can be added up beforehand.
 */
public sealed interface ItemScores permits MeanScores, MacroF1Scores, RatioScores {
  /** Items. */
  int size();

  /** How many numbers an item adds. */
  int width();

  /**
   * Adds the numbers of an item to sums.
   *
   * @param item 0 to {@link #size} - 1
   * @param sums at least {@link #width} numbers
   */
  void add(int item, double[] sums);

  /**
   * The score that goes with sums.
   *
   * @param sums over at least one item
   */
  double of(double[] sums);

  /**
   * How well one item was done, the more the better whatever the metric; only its order is used.
   *
   * @param item 0 to {@link #size} - 1
   */
  double item(int item);

  /** Whether the score is the mean of items that are either 0 or 1. */
  boolean binary();

  /** Standard error of {@link #score()}, where the metric has one of its own. */
  OptionalDouble standardError();

  /** The metric over all items. */
  default double score() {
    var sums = new double[width()];
    for (int item = 0; item < size(); item++) {
      add(item, sums);
    }
    return of(sums);
  }

  /** False for a metric of which less is better, as perplexity. */
  default boolean higherIsBetter() {
    return true;
  }
}
