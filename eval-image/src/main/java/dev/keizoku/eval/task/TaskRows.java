package dev.keizoku.eval.task;

import dev.keizoku.contract.fault.RunFault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The rows of tasks, each file read once: the prompts of a task share it. */
public final class TaskRows {
  private final TaskFolder folder;
  private final Map<List<Object>, List<Map<String, Object>>> read = new HashMap<>();

  /**
   * @param folder that the files of tasks are read from
   */
  public TaskRows(TaskFolder folder) {
    this.folder = folder;
  }

  /** The rows that are asked. */
  List<Doc> docs(TaskFile task) {
    var rows = rows(task, task.data().test());
    if (rows.isEmpty()) {
      throw TaskFault.data(task.place(), "split '%s' has no rows".formatted(task.data().test()));
    }
    var unit = task.labels().unit();
    var docs = new ArrayList<Doc>();
    for (var row : rows) {
      var index = docs.size();
      docs.add(
          new Doc(index, unit == null ? Integer.toString(index) : unit(task, row, index), row));
    }
    return docs;
  }

  private static String unit(TaskFile task, Map<String, Object> row, int index) {
    if (row.get(task.labels().unit()) instanceof Object unit) {
      return unit.toString();
    }
    throw TaskFault.row(
        task, index, "has nothing in column '%s' (metadata.unit)".formatted(task.labels().unit()));
  }

  /** The rows that examples are from. */
  List<Doc> examples(TaskFile task) {
    var shots = task.fewShot();
    var split = shots.split() == null ? task.data().examples() : shots.split();
    var rows =
        shots.samples() == null
            ? rows(task, split == null ? task.data().test() : split)
            : shots.samples();
    var docs = new ArrayList<Doc>();
    rows.forEach(row -> docs.add(new Doc(docs.size(), "", row)));
    if (docs.size() < shots.shots()) {
      throw TaskFault.data(
          task.place(), "there are %d rows for %d examples".formatted(docs.size(), shots.shots()));
    }
    return docs;
  }

  private List<Map<String, Object>> rows(TaskFile task, String split) {
    var data = task.data();
    var rows = new ArrayList<Map<String, Object>>();
    for (var file : data.files().get(split)) {
      var key = List.<Object>of(file, data.format(), data.options());
      rows.addAll(read.computeIfAbsent(key, of -> rows(task, data, file)));
    }
    return rows;
  }

  private List<Map<String, Object>> rows(TaskFile task, TaskData data, String file) {
    try {
      return data.format().read(folder.read(file), data.options());
    } catch (RunFault e) {
      throw e;
    } catch (IOException e) {
      throw TaskFault.data(
          task.place(),
          "%s is no %s (%s)"
              .formatted(
                  file,
                  data.format().name().toLowerCase(Locale.ROOT),
                  String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
    }
  }
}
