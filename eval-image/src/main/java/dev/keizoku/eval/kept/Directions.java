package dev.keizoku.eval.kept;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a results file says of its metrics: whether the larger of two scores is the better one. It
 * is asked for samples too, which do not tell it, where the file lies beside them.
 *
 * @param byTask by the task's name and the metric's
 */
record Directions(Map<String, Map<String, Boolean>> byTask) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Those of the field {@code higher_is_better}; null there is unknown. */
  static Directions in(JsonNode results) {
    var byTask = new LinkedHashMap<String, Map<String, Boolean>>();
    for (var task : results.path("higher_is_better").properties()) {
      var metrics = new LinkedHashMap<String, Boolean>();
      for (var metric : task.getValue().properties()) {
        if (metric.getValue().isBoolean()) {
          metrics.put(metric.getKey(), metric.getValue().booleanValue());
        }
      }
      byTask.put(task.getKey(), metrics);
    }
    return new Directions(byTask);
  }

  /** Those of the newest results beside a samples file; none where there are none. */
  static Directions beside(Path samples) throws IOException {
    var results = KeptFiles.files(samples.toAbsolutePath().getParent(), "results", ".json");
    return results.isEmpty()
        ? new Directions(Map.of())
        : in(JSON.readTree(Files.readAllBytes(results.getLast())));
  }

  Map<String, Boolean> of(String task) {
    return byTask.getOrDefault(task, Map.of());
  }
}
