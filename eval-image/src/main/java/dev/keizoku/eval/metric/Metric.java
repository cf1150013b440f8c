package dev.keizoku.eval.metric;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The metrics of the benchmark by their names in task files and results. {@code _norm} takes the
 * log-likelihood a code point of the choice instead of the whole.
 */
public enum Metric {
  /** 1 when the likeliest choice is right. */
  ACC,
  /** {@link #ACC} by length. */
  ACC_NORM,
  /** Macro f1, see {@link MacroF1Scores}. */
  F1,
  /** {@link #F1} by length. */
  F1_NORM,
  /** Reciprocal of the right choice's rank. */
  MAP,
  /** {@link #MAP} by length. */
  MAP_NORM,
  /** {@link #MAP}, 0 from rank 3 on. */
  MAP_2,
  /** {@link #MAP_2} by length. */
  MAP_2_NORM,
  /** {@link #MAP}, 0 from rank 4 on. */
  MAP_3,
  /** {@link #MAP_3} by length. */
  MAP_3_NORM,
  /** {@link #MAP}, 0 from rank 5 on. */
  MAP_4,
  /** {@link #MAP_4} by length. */
  MAP_4_NORM;

  /** The metric of that name, for instance {@code map_2_norm}. */
  public static Metric named(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }

  /** The name in files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Takes the metric over the outcomes of a task. */
  public ItemScores over(List<Outcome> outcomes) {
    return switch (this) {
      case F1, F1_NORM ->
          new MacroF1Scores(
              outcomes.stream().mapToInt(Outcome::gold).toArray(),
              outcomes.stream().mapToInt(o -> Ranking.first(values(o))).toArray());
      case ACC, ACC_NORM -> mean(outcomes, o -> Ranking.first(values(o)) == o.gold() ? 1 : 0);
      default -> mean(outcomes, this::reciprocalRank);
    };
  }

  private static MeanScores mean(List<Outcome> outcomes, ToDoubleFunction<Outcome> item) {
    return new MeanScores(outcomes.stream().mapToDouble(item).toArray());
  }

  private double reciprocalRank(Outcome outcome) {
    int rank = Ranking.rank(values(outcome), outcome.gold());
    return rank <= deepestRank() ? 1.0 / rank : 0;
  }

  private int deepestRank() {
    return switch (this) {
      case MAP_2, MAP_2_NORM -> 2;
      case MAP_3, MAP_3_NORM -> 3;
      case MAP_4, MAP_4_NORM -> 4;
      default -> Integer.MAX_VALUE;
    };
  }

  private double[] values(Outcome outcome) {
    return name().endsWith("_NORM") ? outcome.normalized() : outcome.logLikelihoods();
  }
}
