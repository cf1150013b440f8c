package dev.keizoku.eval.compare;

import dev.keizoku.eval.stats.Estimate;
import dev.keizoku.eval.stats.Holm;
import dev.keizoku.eval.stats.McNemar;
import dev.keizoku.eval.stats.Power;
import dev.keizoku.eval.stats.RandomizationTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Makes the rows of one candidate. */
final class CandidateRows {
  private final String candidate;
  private final int model;
  private final List<TaskDraws> tasks;
  private final List<String> sets;
  private final Method method;
  private final Map<TaskDraws, double[]> exchanges = new HashMap<>();

  /**
   * @param model which of the models it is, from 1
   * @param sets names of the prompt sets
   */
  CandidateRows(
      String candidate, int model, List<TaskDraws> tasks, List<String> sets, Method method) {
    this.candidate = candidate;
    this.model = model;
    this.tasks = tasks;
    this.sets = sets;
    this.method = method;
  }

  Comparisons all() {
    var rows = new ArrayList<>(tasks.stream().map(this::task).toList());
    var holm = Holm.adjusted(rows.stream().map(row -> row.evidence().p()).toList());
    for (int i = 0; i < holm.length; i++) {
      rows.set(i, rows.get(i).adjusted(holm[i]));
    }
    var speaking = speaking();
    var forgotten = tasks.stream().filter(task -> task.first().general()).toList();
    return new Comparisons(
        rows,
        List.of(mean(Comparison.OVERALL, speaking)),
        forgotten.isEmpty() || forgotten.equals(speaking)
            ? List.of()
            : List.of(mean(Comparison.GENERAL, scale(forgotten))),
        sets.size() < 2 ? List.of() : List.of(sweep(speaking)));
  }

  /** The tasks that make the overall score: of one scale, and of what was trained for if any. */
  private List<TaskDraws> speaking() {
    var trained = tasks.stream().filter(task -> !task.first().general()).toList();
    return scale(trained.isEmpty() ? tasks : trained);
  }

  /** Scores and perplexities have no common mean: the scores, unless there are none. */
  private static List<TaskDraws> scale(List<TaskDraws> tasks) {
    var scores = tasks.stream().filter(task -> task.first().higherIsBetter()).toList();
    return scores.isEmpty() ? tasks : scores;
  }

  private Comparison task(TaskDraws task) {
    var first = task.first();
    int[] all = task.allSets();
    var delta = task.delta(model, all);
    var counts = task.counts(model);
    boolean exact = exact(task);
    double p =
        exact
            ? McNemar.exact(counts.gained(), counts.lost())
            : RandomizationTest.pValue(exchanges(task));
    var planned =
        first.higherIsBetter() ? Power.planned(task.units(), method.level()) : (Double) null;
    return new Comparison(
        task.prompts().size() == 1 ? first.name() : first.task(),
        first.metric(),
        candidate,
        measure(task.score(0, all)),
        measure(task.score(model, all)),
        delta.value(),
        delta.interval(method.bootstrap().confidence()),
        evidence(exact ? "mcnemar" : "randomization", p, delta, planned),
        counts,
        guessing(task),
        first.higherIsBetter(),
        first.general());
  }

  /** Whether McNemar's test holds: right or wrong, one prompt, no two questions of a unit. */
  private boolean exact(TaskDraws task) {
    var first = task.first();
    return task.prompts().size() == 1
        && first.units().single()
        && first.base().binary()
        && first.models().get(model).binary();
  }

  private Evidence evidence(String test, double p, Estimate delta, Double planned) {
    return new Evidence(
        test,
        p,
        p,
        delta.standardError(),
        Power.detectable(delta.standardError(), method.level()),
        planned,
        delta.low(method.alpha()),
        delta.high(method.alpha()));
  }

  private double[] exchanges(TaskDraws task) {
    return exchanges.computeIfAbsent(
        task, of -> method.test().deltas(of.first().task(), of.first().units(), of.pairs(model)));
  }

  private static Double guessing(TaskDraws task) {
    return task.first().guessing() == null
        ? null
        : IntStream.of(task.allSets())
            .mapToDouble(set -> task.of(set).guessing())
            .average()
            .orElseThrow();
  }

  private Comparison mean(String name, List<TaskDraws> of) {
    var delta = Estimate.mean(of.stream().map(task -> task.delta(model, task.allSets())).toList());
    double inverse = of.stream().mapToDouble(task -> 1.0 / task.units()).sum();
    double worth = of.size() * of.size() / inverse;
    boolean scores = of.getFirst().first().higherIsBetter();
    var guessing = of.stream().map(CandidateRows::guessing).toList();
    return new Comparison(
        name,
        "mean",
        candidate,
        measure(of, 0),
        measure(of, model),
        delta.value(),
        delta.interval(method.bootstrap().confidence()),
        evidence(
            "randomization",
            RandomizationTest.pValue(meanExchanges(of)),
            delta,
            scores ? Power.planned(worth, method.level()) : null),
        of.stream()
            .map(task -> task.counts(model))
            .reduce(Counts::plus)
            .orElseThrow()
            .ofUnits(Math.round(worth)),
        guessing.contains(null) ? null : Comparison.mean(guessing),
        scores,
        of.getFirst().first().general());
  }

  private Measure measure(List<TaskDraws> of, int model) {
    return measure(
        Estimate.mean(of.stream().map(task -> task.score(model, task.allSets())).toList()));
  }

  private double[] meanExchanges(List<TaskDraws> of) {
    var mean = new double[method.bootstrap().resamples() + 1];
    for (var task : of) {
      var deltas = exchanges(task);
      Arrays.setAll(mean, r -> mean[r] + deltas[r] / of.size());
    }
    return mean;
  }

  private Measure measure(Estimate score) {
    return new Measure(
        score.value(), score.standardError(), score.interval(method.bootstrap().confidence()));
  }

  private Sweep sweep(List<TaskDraws> of) {
    return new Sweep(
        candidate,
        IntStream.range(0, sets.size())
            .mapToObj(
                set -> {
                  var delta =
                      Estimate.mean(of.stream().map(task -> task.delta(model, set)).toList());
                  return new Sweep.PromptSet(
                      sets.get(set),
                      Comparison.mean(of.stream().map(t -> t.of(set).base().score()).toList()),
                      Comparison.mean(
                          of.stream().map(t -> t.of(set).models().get(model).score()).toList()),
                      delta.value(),
                      delta.interval(method.bootstrap().confidence()));
                })
            .toList());
  }
}
