package dev.keizoku.eval.kept;

import dev.keizoku.eval.compare.Measure;
import dev.keizoku.eval.metric.Extent;
import dev.keizoku.eval.metric.ItemScores;
import dev.keizoku.eval.metric.MacroF1Scores;
import dev.keizoku.eval.metric.MeanScores;
import dev.keizoku.eval.metric.Metric;
import dev.keizoku.eval.metric.Outcome;
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
 */
record KeptTask(
    String name,
    String task,
    List<String> sets,
    boolean general,
    List<Item> items,
    Map<String, Measure> scores) {

  /**
   * An item.
   *
   * @param id the same in every run of the task
   * @param unit what it is not independent of
   * @param hash of the question; empty where it was not kept
   * @param answer which choice was taken; negative where that cannot be told
   * @param values one a metric; two for f1, gold and predicted, and for a document's,
   *     log-likelihood and size
   */
  record Item(long id, String unit, String hash, int answer, Map<String, double[]> values) {}

  /** A metric over the items. */
  ItemScores scores(String metric) {
    var values = items.stream().map(item -> item.values().get(metric)).toList();
    if (Metric.OF_DOCUMENTS.contains(metric)) {
      return Metric.named(metric).over(values.stream().map(KeptTask::document).toList());
    }
    return values.getFirst().length == 1
        ? new MeanScores(values.stream().mapToDouble(value -> value[0]).toArray())
        : new MacroF1Scores(
            values.stream().mapToInt(value -> (int) value[0]).toArray(),
            values.stream().mapToInt(value -> (int) value[1]).toArray());
  }

  /** A log-likelihood and a size, whichever it is that the metric asks for. */
  private static Outcome document(double[] value) {
    int size = (int) value[1];
    return new Outcome(
        0, new double[] {value[0]}, new int[1], null, new Extent(size, size, size, size));
  }

  /** A score with its standard error. */
  Measure measure(String metric) {
    return items.isEmpty() ? scores.get(metric) : Measure.of(scores(metric));
  }

  /** The metrics that every item has, in the order of the file. */
  List<String> metrics() {
    return items.isEmpty()
        ? List.copyOf(scores.keySet())
        : items.getFirst().values().keySet().stream()
            .filter(metric -> items.stream().allMatch(item -> item.values().containsKey(metric)))
            .toList();
  }
}
