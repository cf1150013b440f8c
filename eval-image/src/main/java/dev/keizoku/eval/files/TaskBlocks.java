package dev.keizoku.eval.files;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keizoku.eval.compare.Measure;
import dev.keizoku.eval.metric.Metric;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.result.ModelScores;
import java.util.Comparator;
import java.util.List;

/** What a results file says task by task, as lm-evaluation-harness does. */
final class TaskBlocks {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private TaskBlocks() {}

  static ObjectNode results(ModelScores model, List<TaskRequests> tasks) {
    var results = NODES.objectNode();
    for (var task : tasks) {
      var entry = results.putObject(task.name()).put("alias", task.name());
      for (var name : task.task().metrics()) {
        var measure = Measure.of(model.score(task, name));
        var filter = task.written() ? task.file().answering().filters().name() : "none";
        // A document without blanks is one word, whose perplexity no number is large enough for.
        if (Double.isFinite(measure.value())) {
          entry.put(name + "," + filter, measure.value());
        } else {
          entry.put(name + "," + filter, "N/A");
        }
        if (measure.standardError() == null) {
          entry.put(name + "_stderr," + filter, "N/A");
        } else {
          entry.put(name + "_stderr," + filter, measure.standardError());
        }
      }
    }
    return results;
  }

  static void add(ObjectNode document, List<TaskRequests> tasks) {
    var subtasks = document.putObject("group_subtasks");
    var configs = document.putObject("configs");
    var versions = document.putObject("versions");
    var shots = document.putObject("n-shot");
    var higher = document.putObject("higher_is_better");
    var samples = document.putObject("n-samples");
    for (var task : tasks.stream().sorted(Comparator.comparing(TaskRequests::name)).toList()) {
      subtasks.putArray(task.name());
      configs.set(task.name(), taskConfig(task));
      versions.set(task.name(), JSON.valueToTree(task.task().file().labels().version()));
      shots.put(task.name(), task.file().fewShot().shots());
      var better = higher.putObject(task.name());
      task.task().metrics().forEach(metric -> better.put(metric, !Metric.lessIsBetter(metric)));
      samples
          .putObject(task.name())
          .put("original", task.available())
          .put("effective", task.requests().size());
    }
  }

  /** The fields of the task's file, as lm-evaluation-harness repeats them. */
  private static ObjectNode taskConfig(TaskRequests task) {
    var file = task.file();
    var config = NODES.objectNode().put("task", task.name());
    if (file.data() != null) {
      config.put("dataset_path", file.data().path());
      config.put("test_split", file.data().test());
    }
    if (file.text() != null) {
      config.set("doc_to_text", JSON.valueToTree(file.text().written()));
    }
    config.set("doc_to_target", JSON.valueToTree(file.target().written()));
    if (file.choice() != null) {
      config.set("doc_to_choice", JSON.valueToTree(file.choice().written()));
    }
    config.set("description", JSON.valueToTree(file.description().written()));
    config.put("target_delimiter", file.delimiter());
    config.put("fewshot_delimiter", file.fewShot().delimiter());
    config.put("num_fewshot", file.fewShot().shots());
    var metrics = config.putArray("metric_list");
    for (var name : task.task().metrics()) {
      boolean less = Metric.lessIsBetter(name);
      metrics
          .addObject()
          .put("metric", name)
          .put("aggregation", less || name.startsWith("f1") ? name : "mean")
          .put("higher_is_better", !less);
    }
    config.put("output_type", file.output().word());
    if (task.written()) {
      config.set("generation_kwargs", JSON.valueToTree(file.answering().writing()));
      config.put("repeats", file.answering().writing().repeats());
    } else {
      config.put("repeats", 1);
    }
    config.put("should_decontaminate", false);
    config
        .putObject("metadata")
        .set("version", JSON.valueToTree(task.task().file().labels().version()));
    return config;
  }
}
