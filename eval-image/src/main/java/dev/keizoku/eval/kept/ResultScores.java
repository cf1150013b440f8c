package dev.keizoku.eval.kept;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.catalog.TaskCatalog;
import dev.keizoku.eval.compare.Measure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code results*.json}: scores with their standard errors, without items. Keys are {@code
 * acc,none} as lm-evaluation-harness has written them since 0.4, or {@code acc} as before.
 */
final class ResultScores {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ERROR = "_stderr";

  private final TaskCatalog catalog;

  ResultScores(TaskCatalog catalog) {
    this.catalog = catalog;
  }

  List<KeptModel> read(Path file) throws IOException {
    try {
      var root = JSON.readTree(Files.readAllBytes(file));
      if (!root.path("results").isObject()) {
        throw new IllegalArgumentException("results is missing");
      }
      // Ours holds all models, each with a block of the same shape.
      var models = new ArrayList<KeptModel>();
      var directions = Directions.in(root);
      root.path("models")
          .properties()
          .forEach(of -> models.add(model(of.getKey(), of.getValue().path("results"), directions)));
      var name = root.path("model_name").asText(file.getFileName().toString());
      return models.isEmpty() ? List.of(model(name, root.get("results"), directions)) : models;
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw RunFault.userError(
          Reason.INVALID_JSON,
          "%s is no results file (%s); give one that an evaluation wrote."
              .formatted(file, e.getMessage().lines().findFirst().orElse("")));
    }
  }

  private KeptModel model(String name, JsonNode results, Directions directions) {
    var tasks = new ArrayList<KeptTask>();
    results
        .properties()
        .forEach(
            of -> {
              var known = TaskName.of(of.getKey(), catalog);
              var scores = scores(of.getValue());
              if (!scores.isEmpty()) {
                tasks.add(
                    new KeptTask(
                        of.getKey(),
                        known.task(),
                        known.sets(),
                        known.general(),
                        List.of(),
                        scores,
                        directions.of(of.getKey())));
              }
            });
    return new KeptModel(name, tasks);
  }

  private static Map<String, Measure> scores(JsonNode task) {
    var scores = new LinkedHashMap<String, Measure>();
    for (var field : task.properties()) {
      var name = field.getKey().split(",", 2)[0];
      if (field.getValue().isNumber() && !name.endsWith(ERROR)) {
        var error = task.path(field.getKey().replaceFirst("^[^,]+", name + ERROR));
        // The first filter's score goes by the metric's name, another's by its whole key.
        scores.put(
            scores.containsKey(name) ? field.getKey() : name,
            new Measure(
                field.getValue().doubleValue(),
                error.isNumber() ? error.doubleValue() : null,
                null));
      }
    }
    return scores;
  }
}
