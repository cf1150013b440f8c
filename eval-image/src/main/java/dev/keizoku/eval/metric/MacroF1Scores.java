package dev.keizoku.eval.metric;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Macro f1 over the labels that occur as gold or as prediction, times 1.5, as in the reference: a
 * label without a right choice counts as a class of f1 0, and the factor undoes it. On questions of
 * which every one has a right choice the value is therefore 1.5 times too high, there as here.
 *
 * <p>The labels are those of all questions also when a resample lacks one; otherwise the factor
 * would come and go from resample to resample.
 *
 * <p>Source: pfnet-research/japanese-lm-fin-harness, chabsa; sklearn.metrics.f1_score.
 */
public final class MacroF1Scores implements ItemScores {
  static final double FACTOR = 1.5;

  private final int[] labels;
  private final int width;
  private final int[] gold;
  private final int[] predicted;

  /**
   * @param gold label of each question
   * @param predicted label of each question
   */
  public MacroF1Scores(int[] gold, int[] predicted) {
    labels =
        IntStream.concat(Arrays.stream(gold), Arrays.stream(predicted))
            .distinct()
            .sorted()
            .toArray();
    width = 2 * (slot(labels[labels.length - 1]) + 1);
    this.gold = gold;
    this.predicted = predicted;
  }

  /** Gold label of a question. */
  public int gold(int item) {
    return gold[item];
  }

  /** Label that was predicted for a question. */
  public int predicted(int item) {
    return predicted[item];
  }

  @Override
  public int size() {
    return gold.length;
  }

  /** Times right and times used, a pair a label, at the same place for every model. */
  @Override
  public int width() {
    return width;
  }

  // f1 = 2 tp / (2 tp + fp + fn), and 2 tp + fp + fn = times as gold + times as prediction.
  @Override
  public void add(int item, double[] sums) {
    int right = slot(gold[item]);
    int chosen = slot(predicted[item]);
    sums[2 * right + 1]++;
    sums[2 * chosen + 1]++;
    if (right == chosen) {
      sums[2 * right]++;
    }
  }

  @Override
  public double of(double[] sums) {
    double sum = 0;
    for (int label : labels) {
      double uses = sums[2 * slot(label) + 1];
      sum += uses == 0 ? 0 : 2.0 * sums[2 * slot(label)] / uses;
    }
    return sum / labels.length * FACTOR;
  }

  /** The label of questions without a right choice comes first, the choices follow. */
  private static int slot(int label) {
    return Math.max(label, -1) + 1;
  }

  @Override
  public double item(int item) {
    return gold[item] == predicted[item] ? 1 : 0;
  }

  @Override
  public boolean binary() {
    return false;
  }

  @Override
  public OptionalDouble standardError() {
    return OptionalDouble.empty();
  }
}
