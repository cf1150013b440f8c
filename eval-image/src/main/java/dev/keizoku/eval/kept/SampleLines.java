package dev.keizoku.eval.kept;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.metric.Metric;
import dev.keizoku.eval.task.TaskCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the lines of samples files, ours and lm-evaluation-harness'. */
final class SampleLines {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NAME = "samples_(.+)_\\d{4}-\\d{2}-\\d{2}T.*\\.jsonl";

  private final TaskCatalog catalog;
  private final Map<String, Map<String, KeptTask>> byModel = new LinkedHashMap<>();

  SampleLines(TaskCatalog catalog) {
    this.catalog = catalog;
  }

  /** The task that the name of a file tells; the name itself where it tells none. */
  static String task(Path file) {
    var name = file.getFileName().toString();
    return name.matches(NAME)
        ? name.replaceFirst(NAME, "$1")
        : name.replaceFirst("^samples_", "").replaceFirst("\\.jsonl$", "");
  }

  /**
   * @param model name of the model where the lines tell none
   */
  List<KeptModel> read(List<Path> files, String model) throws IOException {
    for (var file : files) {
      int number = 0;
      try (var lines = Files.newBufferedReader(file)) {
        for (String line; (line = lines.readLine()) != null; ) {
          number++;
          add(JSON.readTree(line), model, task(file));
        }
      } catch (JsonProcessingException | IllegalArgumentException e) {
        throw RunFault.userError(
            Reason.INVALID_JSON,
            "Line %d of %s is no sample (%s); give the samples of an evaluation."
                .formatted(number, file, e.getMessage().lines().findFirst().orElse("")));
      }
    }
    return byModel.entrySet().stream()
        .map(of -> new KeptModel(of.getKey(), sorted(of.getValue())))
        .toList();
  }

  private static List<KeptTask> sorted(Map<String, KeptTask> tasks) {
    tasks.values().forEach(task -> task.items().sort(Comparator.comparing(KeptTask.Item::id)));
    return List.copyOf(tasks.values());
  }

  private void add(JsonNode line, String model, String fileTask) {
    var name = line.path("task").asText(fileTask);
    byModel
        .computeIfAbsent(line.path("model").asText(model), of -> new LinkedHashMap<>())
        .computeIfAbsent(name, of -> task(name, line))
        .items()
        .add(item(line, !TaskName.of(name, catalog).metric().isEmpty()));
  }

  private KeptTask task(String name, JsonNode line) {
    var known = TaskName.of(name, catalog);
    var sets = new ArrayList<String>();
    line.path("prompt_sets").forEach(set -> sets.add(set.asText()));
    return new KeptTask(
        name,
        line.path("prompt_of").asText(known.task()),
        sets.isEmpty() ? known.sets() : sets,
        line.path("general").asBoolean(known.general()),
        new ArrayList<>(),
        Map.of());
  }

  /**
   * @param ours whether it is a task of ours, whose f1 is known
   */
  private static KeptTask.Item item(JsonNode line, boolean ours) {
    if (!line.path("doc_id").isIntegralNumber()) {
      throw new IllegalArgumentException("doc_id is missing");
    }
    var values = new LinkedHashMap<String, double[]>();
    line.path("metrics")
        .forEach(
            metric -> {
              var value = value(line.path(metric.asText()));
              if (value != null
                  && (ours || value.length == 1 || Metric.OF_DOCUMENTS.contains(metric.asText()))) {
                values.put(metric.asText(), value);
              }
            });
    if (values.isEmpty()) {
      throw new IllegalArgumentException("no metric of the item is a number");
    }
    var id = line.get("doc_id").longValue();
    return new KeptTask.Item(
        id, unit(line, id), line.path("doc_hash").asText(""), answer(line), values);
  }

  /** A number, or two: gold and predicted label, log-likelihood and size of a document. */
  private static double[] value(JsonNode node) {
    if (node.isNumber() || node.isBoolean()) {
      return new double[] {node.isBoolean() ? (node.booleanValue() ? 1 : 0) : node.doubleValue()};
    }
    return node.isArray() && node.size() == 2 && node.get(0).isNumber() && node.get(1).isNumber()
        ? new double[] {node.get(0).doubleValue(), node.get(1).doubleValue()}
        : null;
  }

  /** What the line says, or the sentence that several questions are about. */
  private static String unit(JsonNode line, long id) {
    var sentence = line.path("doc").path("sentence");
    var own = sentence.isTextual() ? sentence.textValue() : Long.toString(id);
    return line.path("unit").asText(own);
  }

  /** Index of the likeliest choice; -1 where nothing is chosen by its log-likelihood. */
  private static int answer(JsonNode line) {
    var responses = line.path("filtered_resps");
    if (responses.size() < 2) {
      return -1;
    }
    int best = -1;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < responses.size(); i++) {
      var first = responses.get(i).path(0);
      double value = first.isMissingNode() ? Double.NaN : first.asDouble(Double.NaN);
      if (Double.isNaN(value)) {
        return -1;
      }
      if (value > most) {
        best = i;
        most = value;
      }
    }
    return best;
  }
}
