package dev.keizoku.eval.kept;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.catalog.TaskCatalog;
import dev.keizoku.eval.metric.Metric;
import dev.keizoku.eval.metric.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;

/** Reads the lines of samples files, ours and lm-evaluation-harness'. */
final class SampleLines {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> F1 = Set.of(Metric.F1.label(), Metric.F1_NORM.label());
  private static final String NAME = "samples_(.+)_\\d{4}-\\d{2}-\\d{2}T.*\\.jsonl";

  private final TaskCatalog catalog;
  private final Directions directions;
  private final Map<String, Map<String, Building>> byModel = new LinkedHashMap<>();

  /**
   * @param directions what is said beside the samples of which metric less is better
   */
  SampleLines(TaskCatalog catalog, Directions directions) {
    this.catalog = catalog;
    this.directions = directions;
  }

  /**
   * A task whose lines are being read: a question has one for each filter of its task.
   *
   * @param filter the first, whose metrics keep their names; the others' are called {@code
   *     metric,filter} as in results files
   */
  private record Building(KeptTask task, String filter, Map<Long, KeptTask.Item> items) {

    void add(KeptTask.Item item, String of) {
      var known = items.get(item.id());
      if (known == null) {
        known = new KeptTask.Item(item, new LinkedHashMap<>());
        items.put(item.id(), known);
      }
      for (var value : item.values().entrySet()) {
        var name = of.equals(filter) ? value.getKey() : value.getKey() + "," + of;
        if (known.values().put(name, value.getValue()) != null) {
          throw new IllegalArgumentException(
              "doc_id %d of %s stands there twice".formatted(item.id(), task.name()));
        }
      }
    }

    KeptTask done() {
      var sorted = items.values().stream().sorted(Comparator.comparing(KeptTask.Item::id)).toList();
      task.items().addAll(sorted);
      return task;
    }
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
        .map(
            of ->
                new KeptModel(
                    of.getKey(), of.getValue().values().stream().map(Building::done).toList()))
        .toList();
  }

  private void add(JsonNode line, String model, String fileTask) {
    var name = line.path("task").asText(fileTask);
    var filter = line.path("filter").asText("none");
    boolean ours = line.has("prompt_of") || !TaskName.of(name, catalog).metric().isEmpty();
    byModel
        .computeIfAbsent(line.path("model").asText(model), of -> new LinkedHashMap<>())
        .computeIfAbsent(name, of -> new Building(task(name, line), filter, new LinkedHashMap<>()))
        .add(item(line, ours), filter);
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
        Map.of(),
        directions.of(name));
  }

  /**
   * @param ours whether it is a task of ours, whose f1 is known to be the benchmark's
   */
  private static KeptTask.Item item(JsonNode line, boolean ours) {
    if (!line.path("doc_id").isIntegralNumber()) {
      throw new IllegalArgumentException("doc_id is missing");
    }
    var values = new LinkedHashMap<String, double[]>();
    line.path("metrics")
        .forEach(
            metric -> {
              var name = metric.asText();
              var value = value(line.path(name));
              if (value != null && (value.length == 1 || pair(name, ours))) {
                values.put(name, value);
              }
            });
    if (values.isEmpty()) {
      throw new IllegalArgumentException("no metric of the item is a number");
    }
    var id = line.get("doc_id").longValue();
    return new KeptTask.Item(
        id, unit(line, id), line.path("doc_hash").asText(""), taken(line), values);
  }

  /** Whether two numbers of a metric say what it is. */
  private static boolean pair(String metric, boolean ours) {
    return Metric.ofLikelihoods(metric) || (ours && F1.contains(metric));
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

  /** What was taken of several choices, by their log-likelihoods. */
  private static KeptTask.Taken taken(JsonNode line) {
    var responses = line.path("filtered_resps");
    var values = new double[responses.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = responses.get(i).path(0).asDouble(Double.NaN);
    }
    if (values.length < 2 || DoubleStream.of(values).anyMatch(Double::isNaN)) {
      return KeptTask.Taken.NOTHING;
    }
    int likeliest = Metric.ACC.chosen(new Outcome(0, values, new int[values.length]));
    // How long choices are without the delimiter in front, only our own samples tell.
    var answers = line.at("/doc/answers");
    if (answers.size() != values.length) {
      return new KeptTask.Taken(likeliest, -1);
    }
    var lengths = new int[values.length];
    for (int i = 0; i < lengths.length; i++) {
      var answer = answers.get(i).asText();
      lengths[i] = answer.codePointCount(0, answer.length());
    }
    return new KeptTask.Taken(likeliest, Metric.ACC_NORM.chosen(new Outcome(0, values, lengths)));
  }
}
