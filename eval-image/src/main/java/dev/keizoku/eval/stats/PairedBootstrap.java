package dev.keizoku.eval.stats;

import dev.keizoku.eval.metric.ItemScores;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Paired bootstrap: units of a task are drawn with replacement, and all models are scored on the
 * same draw with all prompts, so that what makes a question hard cancels out of a difference. A
 * task's draws depend on the seed and the task's name alone: neither the other tasks nor the number
 * of candidates or prompts changes them.
 *
 * <p>Source: Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapters 8 and 13.
 *
 * @param resamples draws, at least one
 * @param confidence level of the intervals, 0 to 1
 * @param seed of the draws
 */
public record PairedBootstrap(int resamples, double confidence, long seed) {

  /**
   * The scores over all resamples, an array a column.
   *
   * @param task name of the task, without a prompt's
   * @param columns scores of a model with a prompt each, all of the same items
   * @throws IllegalArgumentException when they are not of the same items
   */
  public double[][] scores(String task, Units units, List<ItemScores> columns) {
    var sums = columns.stream().map(column -> new UnitSums(column, units, column.width())).toList();
    var random = random(task);
    var drawn = new double[columns.size()][resamples];
    var times = new int[units.count()];
    var rooms = columns.stream().map(column -> new double[column.width()]).toList();
    for (int r = 0; r < resamples; r++) {
      Arrays.fill(times, 0);
      for (int i = 0; i < times.length; i++) {
        times[random.nextInt(times.length)]++;
      }
      for (int column = 0; column < drawn.length; column++) {
        drawn[column][r] = sums.get(column).drawn(times, rooms.get(column));
      }
    }
    return drawn;
  }

  SplittableRandom random(String task) {
    return new SplittableRandom(seed ^ ((long) task.hashCode() << 32));
  }
}
