package dev.keizoku.eval.result;

import dev.keizoku.eval.metric.Guessing;
import dev.keizoku.eval.metric.Metric;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.stats.PairedBootstrap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;

/**
 * All rows of an evaluation's table.
 *
 * @param tasks a row a candidate and task, candidates in order
 * @param overall a row a candidate
 */
public record Comparisons(List<Comparison> tasks, List<Comparison> overall) {

  /**
   * Compares each candidate with the base model.
   *
   * @param tasks what all of them were asked
   */
  public static Comparisons of(
      List<TaskRequests> tasks,
      ModelScores base,
      List<ModelScores> candidates,
      PairedBootstrap bootstrap) {
    var rows = new ArrayList<Comparison>();
    var overall = new ArrayList<Comparison>();
    for (var candidate : candidates) {
      var sweeps = new LinkedHashMap<String, PromptSweep>();
      for (var task : tasks) {
        // By the task's name alone: its prompts are asked of the same questions.
        var name = task.task().name();
        var resampled = bootstrap.deltas(name, base.score(task), candidate.score(task));
        var row = row(task, base, candidate, bootstrap, resampled);
        rows.add(row);
        sweeps
            .computeIfAbsent(name, of -> new PromptSweep(bootstrap.resamples()))
            .add(row, resampled, task.promptSets().size());
      }
      overall.add(overall(candidate, List.copyOf(sweeps.values()), bootstrap));
    }
    return new Comparisons(rows, overall);
  }

  private static Comparison row(
      TaskRequests task,
      ModelScores base,
      ModelScores candidate,
      PairedBootstrap bootstrap,
      double[] deltas) {
    var before = base.score(task);
    var after = candidate.score(task);
    return new Comparison(
        task.name(),
        task.task().score(),
        candidate.model().name(),
        Measure.of(before),
        Measure.of(after),
        after.score() - before.score(),
        bootstrap.interval(deltas),
        before.size(),
        onlyRight(task, candidate, base),
        onlyRight(task, base, candidate),
        changed(task, base, candidate),
        Guessing.score(Metric.named(task.task().score()), base.outcomes(task)));
  }

  private static Comparison overall(
      ModelScores candidate, List<PromptSweep> tasks, PairedBootstrap bootstrap) {
    var base = Comparison.mean(tasks.stream().map(PromptSweep::base).toList());
    var tuned = Comparison.mean(tasks.stream().map(PromptSweep::tuned).toList());
    var deltas = bootstrap.overallDeltas(tasks.stream().map(PromptSweep::deltas).toList());
    var rows = tasks.stream().flatMap(task -> task.rows().stream()).toList();
    return new Comparison(
        Comparison.OVERALL,
        "mean",
        candidate.model().name(),
        new Measure(base, null),
        new Measure(tuned, null),
        tuned - base,
        bootstrap.interval(deltas),
        tasks.stream().mapToLong(task -> task.rows().getFirst().n()).sum(),
        rows.stream().mapToLong(Comparison::gained).sum(),
        rows.stream().mapToLong(Comparison::lost).sum(),
        rows.stream().mapToLong(Comparison::changed).sum(),
        Comparison.mean(tasks.stream().map(PromptSweep::guessing).toList()));
  }

  private static long changed(TaskRequests task, ModelScores base, ModelScores candidate) {
    var before = base.outcomes(task);
    var after = candidate.outcomes(task);
    return IntStream.range(0, before.size())
        .filter(i -> before.get(i).predicted() != after.get(i).predicted())
        .count();
  }

  /** Questions that the first answers right and the second does not. */
  private static long onlyRight(TaskRequests task, ModelScores first, ModelScores second) {
    var one = first.outcomes(task);
    var other = second.outcomes(task);
    return IntStream.range(0, one.size())
        .filter(i -> one.get(i).predicted() == one.get(i).gold())
        .filter(i -> other.get(i).predicted() != other.get(i).gold())
        .count();
  }
}
