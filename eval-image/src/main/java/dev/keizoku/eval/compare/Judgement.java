package dev.keizoku.eval.compare;

/**
 * What may be said of a difference. That it is not seen and that it is small are two things: the
 * first is also what a test of three questions gives, the second needs a margin that was stated.
 */
public enum Judgement {
  /** The candidate is better, by the corrected p-value. */
  BETTER("better"),
  /** It is worse. */
  WORSE("worse"),
  /** Equivalent: the whole interval lies within the margin. */
  EQUIVALENT("noise"),
  /** Not inferior: the lower end lies above the margin below. */
  NOT_WORSE("noise"),
  /** Nothing can be said. */
  NOISE("noise"),
  /** There are no items to judge by. */
  UNKNOWN("noise");

  private final String kind;

  Judgement(String kind) {
    this.kind = kind;
  }

  static Judgement of(Comparison row, double confidence, Double margin) {
    if (row.evidence().pAdjusted() == null) {
      return UNKNOWN;
    }
    // Holm over the tasks: alone each p-value would be read too often.
    if (row.evidence().pAdjusted() <= 1 - confidence && row.delta() != 0) {
      return row.gain() > 0 ? BETTER : WORSE;
    }
    if (margin == null || row.lowestGain() <= -margin) {
      return NOISE;
    }
    return row.highestGain() < margin ? EQUIVALENT : NOT_WORSE;
  }

  /** How it is coloured: {@code better}, {@code worse} or {@code noise}. */
  public String kind() {
    return kind;
  }
}
