package dev.keizoku.eval.compare;

/**
 * What may be said of a difference. That it is not seen and that it is small are two things: the
 * first is also what a test of three questions gives, the second needs a margin that was stated.
 */
public enum Judgement {
  /** The candidate is better, by the corrected p-value. */
  BETTER("better", "better"),
  /** It is worse. */
  WORSE("worse", "worse"),
  /** Equivalent: the whole interval lies within the margin. */
  EQUIVALENT("as good", "noise"),
  /** Not inferior: the lower end lies above the margin below. */
  NOT_WORSE("not worse", "noise"),
  /** Nothing can be said. */
  NOISE("within noise", "noise"),
  /** There are no items to judge by. */
  UNKNOWN("not tested", "noise");

  private final String words;
  private final String kind;

  Judgement(String words, String kind) {
    this.words = words;
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

  /** In words, for a table. */
  public String words() {
    return words;
  }

  /** How it is coloured: {@code better}, {@code worse} or {@code noise}. */
  public String kind() {
    return kind;
  }
}
