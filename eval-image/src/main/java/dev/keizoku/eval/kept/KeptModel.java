package dev.keizoku.eval.kept;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A model with what was kept of its run.
 *
 * @param name as in the files
 * @param tasks what it did
 */
public record KeptModel(String name, List<KeptTask> tasks) {

  /** Whether the items of all tasks are there, so that they can be paired. */
  public boolean hasItems() {
    return tasks.stream().noneMatch(task -> task.items().isEmpty());
  }

  /**
   * A score of a task, 0 to 1; empty where it was not taken.
   *
   * @param task name in result files
   */
  public Optional<Double> score(String task, String metric) {
    return find(task)
        .filter(of -> of.metrics().contains(metric))
        .map(of -> of.measure(metric).value());
  }

  /** This and what another run of the same model has kept. */
  public KeptModel and(KeptModel other) {
    return new KeptModel(name, Stream.concat(tasks.stream(), other.tasks.stream()).toList());
  }

  Optional<KeptTask> find(String task) {
    return tasks.stream().filter(of -> of.name().equals(task)).findFirst();
  }

  KeptModel called(String other) {
    return new KeptModel(other, tasks);
  }
}
