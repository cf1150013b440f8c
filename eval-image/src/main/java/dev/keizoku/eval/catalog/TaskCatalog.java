package dev.keizoku.eval.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.setting.NearName;
import dev.keizoku.eval.task.BenchmarkTask;
import dev.keizoku.eval.task.TaskFault;
import dev.keizoku.eval.task.TaskFile;
import dev.keizoku.eval.task.TaskFolder;
import dev.keizoku.eval.task.TaskRows;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The tasks that a run can name: those that the program carries, and the user's. */
public final class TaskCatalog {
  /** The group of the Japanese financial benchmark. */
  private static final String BENCHMARK = "japanese_lm_fin_harness";

  private final Map<String, BenchmarkTask> tasks = new LinkedHashMap<>();
  private final Map<String, List<String>> groups = new LinkedHashMap<>();
  private List<String> promptSets = List.of();

  private TaskCatalog() {}

  /** The tasks that the program carries. */
  public static TaskCatalog load() {
    var catalog = new TaskCatalog();
    catalog.add(new ShippedTasks());
    return catalog;
  }

  /**
   * The tasks that the program carries and those of a folder.
   *
   * @param folder with task files; null for none
   * @throws RunFault exit 42 for a file that cannot be used, or a name that is there already
   */
  public static TaskCatalog load(ObjectStore store, String folder) {
    var catalog = load();
    if (folder != null) {
      var stored = new StoredTasks(store, StoreUri.parse(folder));
      if (catalog.add(stored) == 0) {
        throw RunFault.userError(
            Reason.TASK_FILE_INVALID,
            "There is no task file (*.yaml) below %s; check includePath.".formatted(folder));
      }
    }
    return catalog;
  }

  /** The tasks of the benchmark, in its order. */
  public List<BenchmarkTask> tasks() {
    return groups.get(BENCHMARK).stream().map(tasks::get).toList();
  }

  /** All tasks, by name. */
  public List<BenchmarkTask> all() {
    return new TreeSet<>(tasks.keySet()).stream().map(tasks::get).toList();
  }

  /** The names of the prompt sets that the leaderboard compares, in its order. */
  public List<String> promptSets() {
    return promptSets;
  }

  /**
   * The task of that name, or all tasks of the group of that name.
   *
   * @throws RunFault exit 42 when there is none; the sentence names near ones
   */
  public List<BenchmarkTask> named(String name) {
    var group = groups.get(name);
    return group == null
        ? List.of(find(name))
        : group.stream().flatMap(member -> named(member).stream()).toList();
  }

  /**
   * The task of that name.
   *
   * @throws RunFault as {@link #named}
   */
  public BenchmarkTask find(String name) {
    var task = tasks.get(name);
    if (task == null) {
      var names = new TreeSet<>(tasks.keySet());
      names.addAll(groups.keySet());
      throw RunFault.userError(
          Reason.UNKNOWN_TASK,
          "There is no task '%s'%s; choose one of %s, or name the folder of your own in includePath."
              .formatted(
                  name,
                  NearName.of(name, names).map(n -> " (did you mean " + n + "?)").orElse(""),
                  String.join(", ", names)));
    }
    return task;
  }

  /** Adds all tasks of a folder; how many. Files of the same task are its prompts. */
  private int add(TaskFolder folder) {
    var rows = new TaskRows(folder);
    var prompts = new LinkedHashMap<String, Map<String, TaskFile>>();
    for (var name : folder.taskFiles()) {
      var fields = TaskYaml.read(folder, name);
      if (fields.has("group")) {
        group(folder.place(name), fields);
      } else if (fields.has("task")) {
        prompt(prompts, TaskFileReader.task(folder.place(name), fields));
      }
      // A file without either is for others to include.
    }
    prompts.forEach(
        (name, versions) -> {
          var any = versions.values().iterator().next();
          if (!versions.containsKey(BenchmarkTask.DEFAULT_PROMPT)) {
            throw TaskFault.file(
                any.place(), "there is no task '%s' (metadata.prompt_of)".formatted(name));
          }
          unused(any.place(), name);
          tasks.put(name, new BenchmarkTask(name, versions, rows));
        });
    return prompts.size();
  }

  private static void prompt(Map<String, Map<String, TaskFile>> prompts, TaskFile file) {
    var of = file.labels().promptOf();
    var name = of == null ? file.name() : of;
    var versions = prompts.computeIfAbsent(name, task -> new LinkedHashMap<>());
    var version = of == null ? BenchmarkTask.DEFAULT_PROMPT : file.labels().promptVersion();
    var other = versions.putIfAbsent(version, file);
    if (other != null) {
      throw TaskFault.file(
          file.place(), "%s has task '%s' with this prompt too".formatted(other.place(), name));
    }
    var any = versions.values().iterator().next();
    if (any.output() != file.output()) {
      throw TaskFault.file(file.place(), "the prompts of a task have one output_type");
    }
    if (!Set.copyOf(any.metrics()).equals(Set.copyOf(file.metrics()))) {
      throw TaskFault.file(
          file.place(),
          "the prompts of a task are scored by the same metrics, and %s has %s"
              .formatted(any.place(), String.join(", ", any.metrics())));
    }
  }

  private void group(String place, ObjectNode fields) {
    var members = new ArrayList<String>();
    fields
        .path("task")
        .forEach(
            task -> members.add(task.isTextual() ? task.asText() : task.path("task").asText()));
    var name = fields.get("group").asText();
    if (members.isEmpty() || members.contains(name)) {
      throw TaskFault.file(place, "group '%s' names no tasks".formatted(name));
    }
    unused(place, name);
    groups.put(name, members);
    if (name.equals(BENCHMARK)) {
      var sets = new ArrayList<String>();
      fields.path("metadata").path("prompt_sets").forEach(set -> sets.add(set.asText()));
      promptSets = List.copyOf(sets);
    }
  }

  private void unused(String place, String name) {
    if (tasks.containsKey(name) || groups.containsKey(name)) {
      throw TaskFault.file(
          place, "there is a task or group '%s' already; give yours another name".formatted(name));
    }
  }
}
