package dev.keizoku.eval.kept;

import java.util.List;
import java.util.Optional;

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

  Optional<KeptTask> find(String task) {
    return tasks.stream().filter(of -> of.name().equals(task)).findFirst();
  }

  KeptModel called(String other) {
    return new KeptModel(other, tasks);
  }
}
