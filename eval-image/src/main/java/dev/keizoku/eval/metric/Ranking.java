package dev.keizoku.eval.metric;

/**
 * Who comes first among equals. The reference is not of one mind: accuracy takes the first index of
 * a tie, mean average precision the last (it reverses an ascending argsort).
 */
final class Ranking {
  private Ranking() {}

  /** Index of the largest value, the first of equal ones. */
  static int first(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }

  /** Rank of a value, 1 for the largest; among equal values the higher index ranks first. */
  static int rank(double[] values, int index) {
    int rank = 1;
    for (int i = 0; i < values.length; i++) {
      if (values[i] > values[index] || (values[i] == values[index] && i > index)) {
        rank++;
      }
    }
    return rank;
  }
}
