package dev.keizoku.trainer.gpu;

/** How far numbers are from what they should be, as a part of the largest of them. */
final class Difference {
  private Difference() {}

  /**
   * The largest difference over the largest expected magnitude; infinite where one is no number.
   */
  static double of(float[] actual, float[] expected) {
    if (actual.length != expected.length) {
      return Double.POSITIVE_INFINITY;
    }
    var largest = 0.0;
    var worst = 0.0;
    for (var i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      var difference = Math.abs((double) actual[i] - expected[i]);
      if (Double.isNaN(difference)) {
        return Double.POSITIVE_INFINITY;
      }
      worst = Math.max(worst, difference);
    }
    return worst == 0 ? 0 : worst / largest;
  }

  /** The root of the mean square of the differences, over that of what was expected. */
  static double mean(float[] actual, float[] expected) {
    var squares = 0.0;
    var size = 0.0;
    for (var i = 0; i < expected.length; i++) {
      squares += Math.pow((double) actual[i] - expected[i], 2);
      size += Math.pow(expected[i], 2);
    }
    return Math.sqrt(squares / Math.max(size, 1e-30));
  }
}
