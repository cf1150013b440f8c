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
    this.gold = Arrays.stream(gold).map(label -> Arrays.binarySearch(labels, label)).toArray();
    this.predicted =
        Arrays.stream(predicted).map(label -> Arrays.binarySearch(labels, label)).toArray();
  }

  /** Gold label of a question. */
  public int gold(int item) {
    return labels[gold[item]];
  }

  /** Label that was predicted for a question. */
  public int predicted(int item) {
    return labels[predicted[item]];
  }

  @Override
  public int size() {
    return gold.length;
  }

  @Override
  public double score() {
    return score(IntStream.range(0, gold.length).toArray());
  }

  @Override
  public double score(int[] items) {
    // f1 = 2 tp / (2 tp + fp + fn), and 2 tp + fp + fn = times as gold + times as prediction.
    var hits = new int[labels.length];
    var uses = new int[labels.length];
    for (int item : items) {
      uses[gold[item]]++;
      uses[predicted[item]]++;
      if (gold[item] == predicted[item]) {
        hits[gold[item]]++;
      }
    }
    double sum = 0;
    for (int label = 0; label < labels.length; label++) {
      sum += uses[label] == 0 ? 0 : 2.0 * hits[label] / uses[label];
    }
    return sum / labels.length * FACTOR;
  }

  @Override
  public OptionalDouble standardError() {
    return OptionalDouble.empty();
  }
}
