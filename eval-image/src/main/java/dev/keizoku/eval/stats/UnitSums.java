package dev.keizoku.eval.stats;

import dev.keizoku.eval.metric.ItemScores;
import java.util.Arrays;

/** What each unit adds to a score. */
final class UnitSums {
  private final ItemScores scores;
  private final double[][] byUnit;

  /**
   * @throws IllegalArgumentException when the scores are of another number of items
   */
  UnitSums(ItemScores scores, Units units, int width) {
    if (scores.size() != units.of().length) {
      throw new IllegalArgumentException(
          "A model has scores of %d items, the task %d; pair the same items."
              .formatted(scores.size(), units.of().length));
    }
    this.scores = scores;
    this.byUnit = new double[units.count()][width];
    for (int item = 0; item < scores.size(); item++) {
      scores.add(item, byUnit[units.of()[item]]);
    }
  }

  /**
   * The score when each unit counts so many times.
   *
   * @param times one a unit
   * @param room for the sums; what it held is lost
   */
  double drawn(int[] times, double[] room) {
    Arrays.fill(room, 0);
    for (int unit = 0; unit < times.length; unit++) {
      if (times[unit] > 0) {
        add(room, byUnit[unit], times[unit]);
      }
    }
    return scores.of(room);
  }

  /** The score that goes with sums over units. */
  double of(double[] sums) {
    return scores.of(sums);
  }

  double[] unit(int unit) {
    return byUnit[unit];
  }

  static void add(double[] sums, double[] unit, double times) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += times * unit[i];
    }
  }
}
