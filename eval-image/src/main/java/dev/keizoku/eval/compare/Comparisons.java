package dev.keizoku.eval.compare;

import java.util.ArrayList;
import java.util.List;

/**
 * All rows of an evaluation's table.
 *
 * @param tasks a row a candidate and task, the mean over its prompts, candidates in order
 * @param prompts a row a candidate and prompt, of tasks that were asked with several
 * @param overall a row a candidate
 * @param general a row a candidate over the tasks that it may have forgotten; empty where nothing
 *     was asked for that
 * @param sweeps the prompt sets, a sweep a candidate; empty where only one was asked
 */
public record Comparisons(
    List<Comparison> tasks,
    List<Comparison> prompts,
    List<Comparison> overall,
    List<Comparison> general,
    List<Sweep> sweeps) {

  /**
   * Compares each candidate with the base model.
   *
   * @param measured what all of them were asked, a prompt each
   * @param candidates names of the models after the base model
   */
  public static Comparisons of(List<Measured> measured, List<String> candidates, Method method) {
    var tasks = new ArrayList<TaskDraws>();
    for (var task : measured.stream().map(Measured::task).distinct().toList()) {
      var prompts = measured.stream().filter(of -> of.task().equals(task)).toList();
      tasks.add(new TaskDraws(prompts, method.bootstrap()));
    }
    var rows = new Comparisons(List.of(), List.of(), List.of(), List.of(), List.of());
    for (int i = 0; i < candidates.size(); i++) {
      rows = rows.plus(new CandidateRows(candidates.get(i), i + 1, tasks, method).all());
    }
    return rows;
  }

  /** The rows of one candidate. */
  public Comparisons of(String candidate) {
    return new Comparisons(
        tasks.stream().filter(row -> row.candidate().equals(candidate)).toList(),
        prompts.stream().filter(row -> row.candidate().equals(candidate)).toList(),
        overall.stream().filter(row -> row.candidate().equals(candidate)).toList(),
        general.stream().filter(row -> row.candidate().equals(candidate)).toList(),
        sweeps.stream().filter(sweep -> sweep.candidate().equals(candidate)).toList());
  }

  /** The rows of tasks that the overall rows are the mean of. */
  public List<Comparison> ofOverall() {
    var row = overall.getFirst();
    return tasks.stream()
        .filter(task -> task.general() == row.general())
        .filter(task -> task.higherIsBetter() == row.higherIsBetter())
        .toList();
  }

  private Comparisons plus(Comparisons other) {
    return new Comparisons(
        joined(tasks, other.tasks),
        joined(prompts, other.prompts),
        joined(overall, other.overall),
        joined(general, other.general),
        joined(sweeps, other.sweeps));
  }

  private static <T> List<T> joined(List<T> some, List<T> more) {
    var all = new ArrayList<>(some);
    all.addAll(more);
    return List.copyOf(all);
  }
}
