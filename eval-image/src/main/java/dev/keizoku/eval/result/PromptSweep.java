package dev.keizoku.eval.result;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A task asked with several prompts: their mean is the task's score, so that a task asked in nine
 * ways counts no more than one asked in one. A prompt that stands in for a set that the task lacks
 * counts for both.
 */
final class PromptSweep {
  private final List<Comparison> rows = new ArrayList<>();
  private final List<Integer> weights = new ArrayList<>();
  private final double[] sums;

  /**
   * @param resamples of the bootstrap
   */
  PromptSweep(int resamples) {
    sums = new double[resamples];
  }

  /**
   * Adds a prompt.
   *
   * @param deltas tuned - base of its resamples; the same draw of questions as for the others
   * @param sets prompt sets that it serves
   */
  void add(Comparison row, double[] deltas, int sets) {
    rows.add(row);
    weights.add(sets);
    for (int r = 0; r < sums.length; r++) {
      sums[r] += deltas[r] * sets;
    }
  }

  /** A row a prompt. */
  List<Comparison> rows() {
    return rows;
  }

  double base() {
    return mean(row -> row.base().value());
  }

  double tuned() {
    return mean(row -> row.tuned().value());
  }

  double guessing() {
    return mean(Comparison::guessing);
  }

  /** Mean over the prompts of each resample. */
  double[] deltas() {
    var deltas = sums.clone();
    int sets = sets();
    for (int r = 0; r < deltas.length; r++) {
      deltas[r] /= sets;
    }
    return deltas;
  }

  private double mean(ToDoubleFunction<Comparison> of) {
    double sum = 0;
    for (int i = 0; i < rows.size(); i++) {
      sum += of.applyAsDouble(rows.get(i)) * weights.get(i);
    }
    return sum / sets();
  }

  private int sets() {
    return weights.stream().mapToInt(Integer::intValue).sum();
  }
}
