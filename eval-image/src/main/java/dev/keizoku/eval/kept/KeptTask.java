package dev.keizoku.eval.kept;

import dev.keizoku.eval.compare.Measure;
import dev.keizoku.eval.metric.Extent;
import dev.keizoku.eval.metric.ItemScores;
import dev.keizoku.eval.metric.MacroF1Scores;
import dev.keizoku.eval.metric.MeanScores;
import dev.keizoku.eval.metric.Metric;
import dev.keizoku.eval.metric.Outcome;
import dev.keizoku.eval.metric.RatioScores;
import java.util.List;
import java.util.Map;

/**
 * A task as one model did it.
 *
 * @param name in result files
 * @param task its name without a prompt's
 * @param sets prompt sets that it stands for
 * @param general whether it asks for what a model may forget
 * @param items in the order of their ids; empty where only scores were kept
 * @param scores by metric, where only scores were kept; else empty
 * @param higherIsBetter by metric, what its files say of it
 */
record KeptTask(
    String name,
    String task,
    List<String> sets,
    boolean general,
    List<Item> items,
    Map<String, Measure> scores,
    Map<String, Boolean> higherIsBetter) {

  /**
   * An item.
   *
   * @param id the same in every run of the task
   * @param unit what it is not independent of
   * @param hash of the question; empty where it was not kept
   * @param taken which choices were taken
   * @param values one a metric; two for f1, gold and predicted, and for log-likelihoods with their
   *     sizes
   */
  record Item(long id, String unit, String hash, Taken taken, Map<String, double[]> values) {

    /** The same item with other values. */
    Item(Item of, Map<String, double[]> values) {
      this(of.id, of.unit, of.hash, of.taken, values);
    }
  }

  /**
   * Which choice was taken; negative where that cannot be told.
   *
   * @param likeliest by log-likelihood
   * @param byLength by log-likelihood a code point
   */
  record Taken(int likeliest, int byLength) {
    static final Taken NOTHING = new Taken(-1, -1);

    /** The choice that a metric scores. */
    int by(String metric) {
      return name(metric).endsWith("_norm") ? byLength : likeliest;
    }
  }

  /** A metric over the items. */
  ItemScores scores(String metric) {
    var values = items.stream().map(item -> item.values().get(metric)).toList();
    boolean single = values.getFirst().length == 1;
    var firsts = values.stream().mapToDouble(value -> value[0]).toArray();
    // lm-evaluation-harness keeps an answer's log-likelihood as its perplexity, and ours a size
    // too.
    var name = name(metric);
    if (name.equals("perplexity") || (Metric.ofLikelihoods(name) && !single)) {
      return Metric.named(name).over(values.stream().map(KeptTask::likelihood).toList());
    }
    if (single) {
      return higherIsBetter(metric) ? new MeanScores(firsts) : RatioScores.ofLosses(firsts);
    }
    return new MacroF1Scores(
        values.stream().mapToInt(value -> (int) value[0]).toArray(),
        values.stream().mapToInt(value -> (int) value[1]).toArray());
  }

  /** A log-likelihood and a size, whichever it is that the metric asks for. */
  private static Outcome likelihood(double[] value) {
    int size = value.length == 1 ? 1 : (int) value[1];
    return new Outcome(
        0, new double[] {value[0]}, new int[1], null, new Extent(size, size, size, size));
  }

  /** Whether the larger of two scores is the better one. */
  boolean higherIsBetter(String metric) {
    var name = name(metric);
    return higherIsBetter.getOrDefault(name, !Metric.lessIsBetter(name));
  }

  /** A metric's name without the filter that its answers were read out by. */
  private static String name(String metric) {
    return metric.split(",", 2)[0];
  }

  /** A score with its standard error. */
  Measure measure(String metric) {
    return items.isEmpty() ? scores.get(metric) : Measure.of(scores(metric));
  }

  /** The metrics that every item has in one form, in the order of the file. */
  List<String> metrics() {
    return items.isEmpty()
        ? List.copyOf(scores.keySet())
        : items.getFirst().values().keySet().stream()
            .filter(
                metric -> items.stream().map(item -> form(item, metric)).distinct().count() == 1)
            .toList();
  }

  private static int form(Item item, String metric) {
    var value = item.values().get(metric);
    return value == null ? 0 : value.length;
  }
}
