package dev.keizoku.eval.stats;

import dev.keizoku.eval.metric.ItemScores;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Paired bootstrap of a difference: questions are drawn with replacement, and both models are
 * scored on the same draw, so that what makes a question hard cancels out. A task's draws depend on
 * the seed and the task's name alone: neither the other tasks nor the number of candidates changes
 * them.
 *
 * <p>Source: Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13 (percentile
 * interval).
 *
 * @param resamples draws, at least one
 * @param confidence level of the intervals, 0 to 1
 * @param seed of the draws
 */
public record PairedBootstrap(int resamples, double confidence, long seed) {

  /**
   * The differences tuned - base over all resamples.
   *
   * @param task name of the task
   * @throws IllegalArgumentException when the two were not scored on the same questions
   */
  public double[] deltas(String task, ItemScores base, ItemScores tuned) {
    if (base.size() != tuned.size()) {
      throw new IllegalArgumentException(
          "Base has %d questions, tuned %d.".formatted(base.size(), tuned.size()));
    }
    var random = new SplittableRandom(seed ^ ((long) task.hashCode() << 32));
    var items = new int[base.size()];
    var deltas = new double[resamples];
    for (int r = 0; r < resamples; r++) {
      for (int i = 0; i < items.length; i++) {
        items[i] = random.nextInt(items.length);
      }
      deltas[r] = tuned.score(items) - base.score(items);
    }
    return deltas;
  }

  /**
   * The differences of the unweighted mean over tasks, when each task is drawn for itself.
   *
   * @param byTask {@link #deltas} of each task
   */
  public double[] overallDeltas(List<double[]> byTask) {
    var overall = new double[resamples];
    for (var deltas : byTask) {
      for (int r = 0; r < resamples; r++) {
        overall[r] += deltas[r] / byTask.size();
      }
    }
    return overall;
  }

  /** The interval of a difference from its resamples. */
  public Interval interval(double[] deltas) {
    return Interval.ofSample(deltas, confidence);
  }
}
