package dev.keizoku.eval.kept;

import dev.keizoku.eval.catalog.TaskCatalog;
import dev.keizoku.eval.task.BenchmarkTask;
import java.util.List;

/**
 * A task's name in result files, taken apart.
 *
 * @param task without the prompt's version
 * @param sets prompt sets that the prompt stands for
 * @param general whether it asks for what a model may forget
 * @param metric that stands for the task; empty for a task that is not ours
 */
record TaskName(String task, List<String> sets, boolean general, String metric) {

  static TaskName of(String name, TaskCatalog catalog) {
    for (var task : catalog.tasks()) {
      for (var version : task.prompts().keySet()) {
        if (task.resultName(version).equals(name)) {
          return new TaskName(
              task.name(),
              sets(task, version, catalog),
              task.file().labels().general(),
              task.score());
        }
      }
    }
    return new TaskName(name, List.of(BenchmarkTask.DEFAULT_PROMPT), false, "");
  }

  private static List<String> sets(BenchmarkTask task, String version, TaskCatalog catalog) {
    var sets =
        catalog.promptSets().stream()
            .filter(set -> task.promptVersion(set).equals(version))
            .toList();
    return sets.isEmpty() ? List.of(version) : sets;
  }
}
