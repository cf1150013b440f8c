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
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes the rows of one candidate. */
final class CandidateRows {
  private static final Speaking<TaskDraws> SPEAKING =
      new Speaking<>(task -> task.first().general(), task -> task.first().higherIsBetter());

  private final String candidate;
  private final int model;
  private final List<TaskDraws> tasks;
  private final Method method;
  private final Map<TaskDraws, double[]> exchanges = new HashMap<>();

  /**
   * @param model which of the models it is, from 1
   */
  CandidateRows(String candidate, int model, List<TaskDraws> tasks, Method method) {
    this.candidate = candidate;
    this.model = model;
    this.tasks = tasks;
    this.method = method;
  }

  Comparisons all() {
    var rows = new ArrayList<>(tasks.stream().map(this::task).toList());
    var holm = Holm.adjusted(rows.stream().map(row -> row.evidence().p()).toList());
    for (int i = 0; i < holm.length; i++) {
      rows.set(i, rows.get(i).adjusted(holm[i]));
    }
    var speaking = SPEAKING.overall(tasks);
    var forgotten = SPEAKING.forgotten(tasks);
    var sets = sets(speaking);
    return new Comparisons(
        rows,
        tasks.stream().filter(TaskDraws::swept).flatMap(this::prompts).toList(),
        List.of(mean(Comparison.OVERALL, speaking).asRead(rows(speaking, rows))),
        forgotten.isEmpty()
            ? List.of()
            : List.of(mean(Comparison.GENERAL, forgotten).asRead(rows(forgotten, rows))),
        sets.size() < 2 ? List.of() : List.of(sweep(speaking, sets)));
  }

  private List<Comparison> rows(List<TaskDraws> of, List<Comparison> all) {
    return of.stream().map(task -> all.get(tasks.indexOf(task))).toList();
  }

  /** The prompt sets that every task with several prompts was asked for. */
  private static List<String> sets(List<TaskDraws> of) {
    var swept = of.stream().filter(TaskDraws::swept).toList();
    return swept.isEmpty()
        ? List.of()
        : swept.getFirst().sets().stream()
            .filter(set -> swept.stream().allMatch(task -> task.sets().contains(set)))
            .toList();
  }

  private Comparison task(TaskDraws task) {
    var name = task.swept() ? task.first().task() : task.first().name();
    return row(task, name, task.all());
  }

  private Stream<Comparison> prompts(TaskDraws task) {
    return IntStream.range(0, task.prompts().size())
        .mapToObj(prompt -> row(task, task.prompts().get(prompt).name(), prompt));
  }

  private Comparison row(TaskDraws task, String name, int... of) {
    var first = task.first();
    var delta = task.delta(model, of);
    var counts = task.counts(model, of);
    boolean exact = task.exact(model, of);
    double p =
        exact
            ? McNemar.exact(counts.gained(), counts.lost())
            : RandomizationTest.pValue(
                of.length == task.all().length ? exchanges(task) : exchanges(task, of));
    var planned =
        first.higherIsBetter() ? Double.valueOf(Power.planned(task.units(), method.level())) : null;
    return new Comparison(
        name,
        first.metric(),
        candidate,
        measure(task.score(0, of)),
        measure(task.score(model, of)),
        delta.value(),
        delta.interval(method.bootstrap().confidence()),
        evidence(exact ? "mcnemar" : "randomization", p, delta, planned),
        counts,
        task.guessing(of),
        first.higherIsBetter(),
        first.general());
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

  private double[] exchanges(TaskDraws task, int... of) {
    return method.test().deltas(task.first().task(), task.first().units(), task.pairs(model, of));
  }

  /** Of all prompts: asked for by the task's row and by the overall one. */
  private double[] exchanges(TaskDraws task) {
    return exchanges.computeIfAbsent(task, of -> exchanges(of, of.all()));
  }

  private Comparison mean(String name, List<TaskDraws> of) {
    var delta = Estimate.mean(of.stream().map(task -> task.delta(model, task.all())).toList());
    double inverse = of.stream().mapToDouble(task -> 1.0 / task.units()).sum();
    double worth = of.size() * of.size() / inverse;
    boolean scores = of.getFirst().first().higherIsBetter();
    var guessing = of.stream().map(task -> task.guessing(task.all())).toList();
    return new Comparison(
        name,
        Comparison.MEAN,
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
            .map(task -> task.counts(model, task.all()))
            .reduce(Counts::plus)
            .orElseThrow()
            .ofUnits(Math.round(worth)),
        guessing.stream().anyMatch(Objects::isNull) ? null : Comparison.mean(guessing),
        scores,
        of.getFirst().first().general());
  }

  private Measure measure(List<TaskDraws> of, int model) {
    return measure(Estimate.mean(of.stream().map(task -> task.score(model, task.all())).toList()));
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

  private Sweep sweep(List<TaskDraws> of, List<String> sets) {
    return new Sweep(candidate, sets.stream().map(set -> set(of, set)).toList());
  }

  private Sweep.PromptSet set(List<TaskDraws> of, String set) {
    var base = of.stream().map(task -> task.score(0, task.prompt(set))).toList();
    var tuned = of.stream().map(task -> task.score(model, task.prompt(set))).toList();
    var delta = of.stream().map(task -> task.delta(model, task.prompt(set))).toList();
    return new Sweep.PromptSet(
        set,
        Estimate.mean(base).value(),
        Estimate.mean(tuned).value(),
        Estimate.mean(delta).value(),
        Estimate.mean(delta).interval(method.bootstrap().confidence()));
  }
}
