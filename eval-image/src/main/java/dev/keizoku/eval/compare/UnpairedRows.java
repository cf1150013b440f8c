package dev.keizoku.eval.compare;

import dev.keizoku.eval.stats.Holm;
import dev.keizoku.eval.stats.Interval;
import dev.keizoku.eval.stats.Power;
import dev.keizoku.eval.stats.Unpaired;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Rows from scores alone, where nobody kept the items: two standard errors add up as if the models
 * had been asked other questions, so an interval is wider than a paired one, and without standard
 * errors there is none.
 */
public final class UnpairedRows {
  private static final Speaking<Comparison> SPEAKING =
      new Speaking<>(Comparison::general, Comparison::higherIsBetter);

  private final String candidate;
  private final double confidence;

  /**
   * @param candidate the candidate's name
   * @param confidence level of the intervals
   */
  public UnpairedRows(String candidate, double confidence) {
    this.candidate = candidate;
    this.confidence = confidence;
  }

  /**
   * A score of both models.
   *
   * @param task name of the task, without a prompt's
   * @param name in result files
   * @param sets prompt sets that it stands for
   * @param metric name of the metric
   * @param higherIsBetter whether a positive difference is a gain
   * @param general whether it asks for what a model may forget
   * @param base the base model's score
   * @param tuned the candidate's score
   * @param n items; 0 where it is not known
   */
  public record Pair(
      String task,
      String name,
      List<String> sets,
      String metric,
      boolean higherIsBetter,
      boolean general,
      Measure base,
      Measure tuned,
      long n) {}

  /** All rows. */
  public Comparisons of(List<Pair> pairs) {
    var byTask = new LinkedHashMap<String, List<Pair>>();
    pairs.forEach(pair -> byTask.computeIfAbsent(pair.task, task -> new ArrayList<>()).add(pair));
    var rows = new ArrayList<Comparison>();
    byTask.forEach((task, prompts) -> rows.add(row(task, prompts)));
    var holm = Holm.adjusted(rows.stream().map(row -> row.evidence().p()).toList());
    for (int i = 0; i < holm.length; i++) {
      rows.set(i, rows.get(i).adjusted(holm[i]));
    }
    var several = byTask.values().stream().filter(prompts -> prompts.size() > 1).toList();
    var sets =
        several.isEmpty()
            ? List.<String>of()
            : several.getFirst().stream()
                .flatMap(pair -> pair.sets.stream())
                .filter(set -> several.stream().allMatch(prompts -> find(prompts, set) != null))
                .toList();
    var speaking = SPEAKING.overall(rows);
    var forgotten = SPEAKING.forgotten(rows);
    return new Comparisons(
        rows,
        several.stream().flatMap(List::stream).map(pair -> row(pair.name, List.of(pair))).toList(),
        List.of(mean(Comparison.OVERALL, speaking).asRead(speaking)),
        forgotten.isEmpty()
            ? List.of()
            : List.of(mean(Comparison.GENERAL, forgotten).asRead(forgotten)),
        sets.size() < 2 ? List.of() : List.of(sweep(byTask, sets)));
  }

  private static Pair find(List<Pair> prompts, String set) {
    return prompts.stream().filter(pair -> pair.sets.contains(set)).findFirst().orElse(null);
  }

  private Comparison row(String task, List<Pair> prompts) {
    var first = prompts.getFirst();
    var base = mean(prompts.stream().map(Pair::base).toList(), prompts.size() == 1);
    var tuned = mean(prompts.stream().map(Pair::tuned).toList(), prompts.size() == 1);
    var name = prompts.size() == 1 ? first.name : task;
    return comparison(
        new Pair(
            task,
            name,
            first.sets,
            first.metric,
            first.higherIsBetter,
            first.general,
            base,
            tuned,
            first.n));
  }

  private Comparison mean(String name, List<Comparison> rows) {
    return comparison(
        new Pair(
            name,
            name,
            List.of(),
            Comparison.MEAN,
            rows.getFirst().higherIsBetter(),
            rows.getFirst().general(),
            mean(rows.stream().map(Comparison::base).toList(), true),
            mean(rows.stream().map(Comparison::tuned).toList(), true),
            rows.stream().mapToLong(row -> row.counts().n()).sum()));
  }

  /** The prompts of a task ask the same questions: the error of their mean is not known. */
  private static Measure mean(List<Measure> of, boolean independent) {
    double value = of.stream().mapToDouble(Measure::value).average().orElseThrow();
    boolean known =
        independent && of.stream().map(Measure::standardError).allMatch(Objects::nonNull);
    double squares =
        known
            ? of.stream().mapToDouble(m -> m.standardError() * m.standardError()).sum()
            : Double.NaN;
    return new Measure(value, known ? Math.sqrt(squares) / of.size() : null, null);
  }

  private Comparison comparison(Pair pair) {
    var base = pair.base;
    var tuned = pair.tuned;
    double delta = tuned.value() - base.value();
    var evidence = Evidence.NONE;
    Interval interval = null;
    if (base.standardError() != null && tuned.standardError() != null) {
      double error = Math.hypot(base.standardError(), tuned.standardError());
      double p = Unpaired.p(delta, error);
      interval = Unpaired.interval(delta, error, confidence);
      evidence =
          new Evidence(
              "unpaired", p, p, error, Power.detectable(error, 1 - confidence), null, null, null);
    }
    return new Comparison(
        pair.name,
        pair.metric,
        candidate,
        base,
        tuned,
        delta,
        interval,
        evidence,
        new Counts(pair.n, pair.n, 0, 0, 0),
        null,
        pair.higherIsBetter,
        pair.general);
  }

  private Sweep sweep(Map<String, List<Pair>> byTask, List<String> sets) {
    return new Sweep(candidate, sets.stream().map(set -> set(byTask, set)).toList());
  }

  private Sweep.PromptSet set(Map<String, List<Pair>> byTask, String set) {
    var rows =
        byTask.values().stream()
            .map(prompts -> prompts.size() == 1 ? prompts.getFirst() : find(prompts, set))
            .map(pair -> row(pair.name, List.of(pair)))
            .toList();
    var mean = mean(Comparison.OVERALL, SPEAKING.overall(rows));
    return new Sweep.PromptSet(
        set, mean.base().value(), mean.tuned().value(), mean.delta(), mean.interval());
  }
}
