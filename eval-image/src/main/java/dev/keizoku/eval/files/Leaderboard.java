package dev.keizoku.eval.files;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;

/**
 * A model's row in the benchmark's leaderboard: the prompt set with the largest mean gives all
 * columns, so that no task gets a prompt of its own choice.
 *
 * <p>Source: pfnet-research/japanese-lm-fin-harness since v0.2.0.
 */
public final class Leaderboard {
  private Leaderboard() {}

  /**
   * One row.
   *
   * @param promptSet the set that gave the scores
   * @param mean of the scores that are not zero, 0 to 100
   * @param scores by task, 0 to 100
   */
  public record Row(String promptSet, double mean, Map<String, Double> scores) {}

  /**
   * The row of the best prompt set; of equal ones the first.
   *
   * @param promptSets names in the leaderboard's order
   * @param scores of each prompt set by task, 0 to 100
   */
  public static Row best(List<String> promptSets, Map<String, Map<String, Double>> scores) {
    Row best = null;
    for (var promptSet : promptSets) {
      var row = new Row(promptSet, meanOfNonZero(scores.get(promptSet)), scores.get(promptSet));
      if (best == null || row.mean > best.mean) {
        best = row;
      }
    }
    return best;
  }

  /**
   * A score as the table prints it: like Python's {@code %.2f}, which rounds the exact binary value
   * (Java's own formats round the shortest decimal).
   */
  public static String printed(double score) {
    return new BigDecimal(score).setScale(2, RoundingMode.HALF_EVEN).toPlainString();
  }

  private static double meanOfNonZero(Map<String, Double> scores) {
    return scores.values().stream()
        .mapToDouble(Double::doubleValue)
        .filter(score -> score != 0)
        .average()
        .orElse(0);
  }
}
