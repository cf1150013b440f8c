package dev.keizoku.eval.task;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tasks that the program knows, read from its YAML files. */
public final class TaskCatalog {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private final Map<String, BenchmarkTask> tasks;
  private final List<String> promptSets;

  private TaskCatalog(Map<String, BenchmarkTask> tasks, List<String> promptSets) {
    this.tasks = tasks;
    this.promptSets = promptSets;
  }

  private record Index(List<String> tasks, List<String> promptSets) {}

  private record TaskFile(
      String name,
      String title,
      String prompts,
      String score,
      List<String> metrics,
      String instruction,
      Map<String, String> descriptions,
      Map<String, String> aliases) {}

  /** The catalogue of the Japanese financial benchmark. */
  public static TaskCatalog load() {
    var index = read("/tasks/benchmark.yaml", new TypeReference<Index>() {});
    var tasks = new LinkedHashMap<String, BenchmarkTask>();
    index.tasks.forEach(name -> tasks.put(name, task(name)));
    return new TaskCatalog(tasks, index.promptSets);
  }

  /** All tasks in the benchmark's order. */
  public List<BenchmarkTask> tasks() {
    return List.copyOf(tasks.values());
  }

  /** The names of the prompt sets that the leaderboard compares, in its order. */
  public List<String> promptSets() {
    return promptSets;
  }

  /**
   * The task of that name.
   *
   * @throws RunFault exit 42 when there is none; the sentence lists what there is
   */
  public BenchmarkTask find(String name) {
    var task = tasks.get(name);
    if (task == null) {
      throw RunFault.userError(
          Reason.UNKNOWN_TASK,
          "There is no task '%s'; choose one of %s."
              .formatted(name, String.join(", ", tasks.keySet())));
    }
    return task;
  }

  private static BenchmarkTask task(String name) {
    var file = read("/tasks/" + name + ".yaml", new TypeReference<TaskFile>() {});
    var prompts =
        read(
            "/prompts/" + file.prompts + ".yaml",
            new TypeReference<LinkedHashMap<String, Prompt>>() {});
    if (file.descriptions != null) {
      file.descriptions.forEach(
          (version, description) ->
              prompts.computeIfPresent(version, (v, p) -> p.withDescription(description)));
    }
    return new BenchmarkTask(
        file.name,
        file.title,
        file.score,
        file.metrics,
        file.instruction == null ? "" : file.instruction,
        prompts,
        file.aliases == null ? Map.of() : file.aliases);
  }

  private static <T> T read(String resource, TypeReference<T> type) {
    try (var in = TaskCatalog.class.getResourceAsStream(resource)) {
      return YAML.readValue(in, type);
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }
}
