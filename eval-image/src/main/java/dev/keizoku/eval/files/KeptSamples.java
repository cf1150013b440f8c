package dev.keizoku.eval.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.catalog.TaskCatalog;
import dev.keizoku.eval.compare.Measure;
import dev.keizoku.eval.metric.Extent;
import dev.keizoku.eval.metric.MeanScores;
import dev.keizoku.eval.metric.Metric;
import dev.keizoku.eval.metric.Outcome;
import dev.keizoku.eval.task.OutputType;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run has kept in {@code samples.jsonl}, to be scored again without a model.
 *
 * @param byModel samples of each task by its name in result files, by model, in the file's order
 */
public record KeptSamples(Map<String, Map<String, TaskSamples>> byModel) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A task as a model has answered it.
   *
   * @param metrics names of the metrics that were taken
   * @param outcomes one a question
   * @param values of written answers, by metric: these are kept as they were taken, since what a
   *     task file reads out of a text is not in the samples
   */
  public record TaskSamples(
      List<String> metrics, List<Outcome> outcomes, Map<String, List<Double>> values) {

    /** A metric over the questions. */
    public Measure measure(String metric) {
      return Measure.of(
          values.containsKey(metric)
              ? new MeanScores(
                  values.get(metric).stream().mapToDouble(Double::doubleValue).toArray())
              : metric(metric).over(outcomes));
    }

    private Metric metric(String name) {
      boolean alone = !outcomes.isEmpty() && outcomes.getFirst().greedy() != null;
      return (alone ? OutputType.LOGLIKELIHOOD : OutputType.MULTIPLE_CHOICE).metric(name);
    }

    /** How many questions. */
    public int questions() {
      return Math.max(
          outcomes.size(), values.values().stream().mapToInt(List::size).max().orElse(0));
    }
  }

  /**
   * Reads the lines of a file.
   *
   * @param name how the file is called in a fault
   * @throws RunFault user error {@code InvalidJson} for a line that is no sample
   */
  public static KeptSamples read(BufferedReader lines, String name) throws IOException {
    var byModel = new LinkedHashMap<String, Map<String, TaskSamples>>();
    int number = 0;
    for (String line; (line = lines.readLine()) != null; ) {
      number++;
      try {
        add(byModel, JSON.readTree(line));
      } catch (JsonProcessingException | IllegalArgumentException e) {
        throw RunFault.userError(
            Reason.INVALID_JSON,
            "Line %d of %s is no sample (%s); give a samples.jsonl that the evaluator wrote."
                .formatted(number, name, e.getMessage().lines().findFirst().orElse("")));
      }
    }
    return new KeptSamples(byModel);
  }

  /** These and the samples of another run; what both have is taken from the other. */
  public KeptSamples and(KeptSamples other) {
    var both = new LinkedHashMap<String, Map<String, TaskSamples>>();
    for (var run : List.of(this, other)) {
      run.byModel.forEach(
          (model, tasks) ->
              both.computeIfAbsent(model, name -> new LinkedHashMap<>()).putAll(tasks));
    }
    return new KeptSamples(both);
  }

  private static void add(Map<String, Map<String, TaskSamples>> byModel, JsonNode sample) {
    var task =
        byModel
            .computeIfAbsent(field(sample, "model").asText(), model -> new LinkedHashMap<>())
            .computeIfAbsent(
                field(sample, "task").asText(),
                name -> new TaskSamples(metrics(sample), new ArrayList<>(), new LinkedHashMap<>()));
    if (sample.path("output_type").asText().equals(OutputType.GENERATE_UNTIL.word())) {
      for (var metric : task.metrics()) {
        task.values()
            .computeIfAbsent(metric, name -> new ArrayList<>())
            .add(field(sample, metric).doubleValue());
      }
    } else {
      task.outcomes().add(outcome(sample));
    }
  }

  private static List<String> metrics(JsonNode sample) {
    var metrics = new ArrayList<String>();
    field(sample, "metrics").forEach(metric -> metrics.add(metric.asText()));
    return metrics;
  }

  private static Outcome outcome(JsonNode sample) {
    var responses = field(sample, "filtered_resps");
    var answers = field(field(sample, "doc"), "answers");
    var values = new double[responses.size()];
    var lengths = new int[values.length];
    if (values.length == 0 || answers.size() != values.length) {
      throw new IllegalArgumentException("as many filtered_resps as answers are wanted");
    }
    for (int i = 0; i < values.length; i++) {
      var value = responses.get(i).path(0);
      if (!value.isNumber()) {
        throw new IllegalArgumentException("filtered_resps holds " + value + ", not a number");
      }
      values[i] = value.doubleValue();
      var answer = answers.get(i).asText();
      lengths[i] = answer.codePointCount(0, answer.length());
    }
    return new Outcome(
        field(sample, "target").intValue(), values, lengths, greedy(sample), extent(sample));
  }

  /** Only of one continuation by itself it counts. */
  private static boolean[] greedy(JsonNode sample) {
    return sample.path("output_type").asText().equals(OutputType.LOGLIKELIHOOD.word())
        ? new boolean[] {sample.at("/filtered_resps/0/1").asBoolean()}
        : null;
  }

  private static Extent extent(JsonNode sample) {
    var extent = sample.get("extent");
    return extent == null ? null : JSON.convertValue(extent, Extent.class);
  }

  private static JsonNode field(JsonNode node, String name) {
    var field = node.get(name);
    if (field == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return field;
  }

  /**
   * The row of a model in the benchmark's leaderboard; empty where no prompt set was asked whole.
   */
  public Optional<Leaderboard.Row> leaderboard(String model, TaskCatalog catalog) {
    var sets = new LinkedHashMap<String, Map<String, Double>>();
    for (var set : catalog.promptSets()) {
      var scores = new LinkedHashMap<String, Double>();
      for (var task : catalog.tasks()) {
        var samples = byModel.get(model).get(task.resultName(task.promptVersion(set)));
        if (samples != null) {
          scores.put(task.name(), 100 * samples.measure(task.score()).value());
        }
      }
      if (scores.size() == catalog.tasks().size()) {
        sets.put(set, scores);
      }
    }
    return sets.isEmpty()
        ? Optional.empty()
        : Optional.of(Leaderboard.best(List.copyOf(sets.keySet()), sets));
  }
}
