package dev.keizoku.eval.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keizoku.eval.compare.Measure;
import dev.keizoku.eval.metric.Metric;
import dev.keizoku.eval.request.TaskRequests;
import java.time.Duration;
import java.util.List;

/**
 * {@code results.json}. Its top level is what lm-evaluation-harness writes for the first candidate,
 * so that tools that read such files go on working; {@code models} holds the same {@code results}
 * block for every model with its ties and cut questions, {@code comparisons} the differences,
 * {@code answers} the generated texts, {@code styles} how the models write, {@code judge} what a
 * judge says of them.
 */
public final class ResultsFile {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final double TASK_VERSION = 1.0;

  private ResultsFile() {}

  /** The file's bytes. */
  public static byte[] bytes(Evaluation evaluation) {
    try {
      return JSON.writeValueAsBytes(document(evaluation));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ObjectNode document(Evaluation evaluation) {
    var tasks = evaluation.tasks();
    var candidate = evaluation.candidates().getFirst();
    var document = NODES.objectNode();
    document.set("results", results(candidate, tasks));
    perTask(document, tasks);
    document.set("config", config(evaluation));
    document.putNull("git_hash");
    document.put("date", evaluation.started().getEpochSecond());
    document.putNull("transformers_version").putNull("lm_eval_version");
    var hashes = document.putObject("task_hashes");
    tasks.forEach(task -> hashes.put(task.name(), task.sha256()));
    document.put("model_source", "keizoku").put("model_name", candidate.model().name());
    document.putNull("system_instruction").putNull("chat_template");
    document.put("start_time", evaluation.started().toString());
    document.put("end_time", evaluation.finished().toString());
    document.put(
        "total_evaluation_time_seconds",
        Duration.between(evaluation.started(), evaluation.finished()).toMillis() / 1000.0);
    var models = document.putObject("models");
    for (var model : evaluation.models()) {
      var entry = models.putObject(model.model().name());
      entry.put("uri", model.model().uri()).put("sha256", model.model().sha256());
      entry.set("results", results(model, tasks));
      var ties = entry.putObject("ties");
      var cut = entry.putObject("cut_questions");
      for (var task : tasks) {
        ties.put(task.name(), model.ties(task));
        cut.put(task.name(), model.on(task).cut());
      }
    }
    document.set("comparisons", JSON.valueToTree(evaluation.comparisons()));
    document.set("answers", JSON.valueToTree(evaluation.answers()));
    if (!evaluation.styles().isEmpty()) {
      document.set("styles", JSON.valueToTree(evaluation.styles()));
    }
    if (!evaluation.judged().isEmpty()) {
      document.set("judge", judge(evaluation));
    }
    return document;
  }

  private static ObjectNode judge(Evaluation evaluation) {
    var settings = evaluation.run().judge().settings();
    var judge = NODES.objectNode().put("endpoint", settings.endpoint());
    judge.put("model", settings.model()).put("rubric", settings.rubric());
    var candidates = judge.putObject("candidates");
    for (var candidate : evaluation.judged()) {
      var entry = candidates.putObject(candidate.name());
      entry.set("all", JSON.valueToTree(candidate.summary()));
      entry.set("tasks", JSON.valueToTree(candidate.byTask()));
    }
    return judge;
  }

  private static ObjectNode results(ModelScores model, List<TaskRequests> tasks) {
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

  private static void perTask(ObjectNode document, List<TaskRequests> tasks) {
    var subtasks = document.putObject("group_subtasks");
    var configs = document.putObject("configs");
    var versions = document.putObject("versions");
    var shots = document.putObject("n-shot");
    var higher = document.putObject("higher_is_better");
    var samples = document.putObject("n-samples");
    for (var task : tasks) {
      subtasks.putArray(task.name());
      configs.set(task.name(), taskConfig(task));
      versions.put(task.name(), TASK_VERSION);
      shots.put(task.name(), task.task().prompts().get(task.promptVersion()).fewShot().shots());
      var better = higher.putObject(task.name());
      task.task().metrics().forEach(metric -> better.put(metric, !Metric.lessIsBetter(metric)));
      samples
          .putObject(task.name())
          .put("original", task.available())
          .put("effective", task.requests().size());
    }
  }

  private static ObjectNode taskConfig(TaskRequests task) {
    var file = task.task().prompts().get(task.promptVersion());
    var config = NODES.objectNode().put("task", task.name());
    config.put("output_type", file.output().word());
    config.set("description", JSON.valueToTree(file.description().written()));
    if (file.text() != null) {
      config.set("doc_to_text", JSON.valueToTree(file.text().written()));
    }
    if (file.choice() != null) {
      config.set("doc_to_choice", JSON.valueToTree(file.choice().written()));
    }
    if (task.written()) {
      config.set("generation_kwargs", JSON.valueToTree(file.answering().writing()));
    }
    config.set("doc_to_target", JSON.valueToTree(file.target().written()));
    config.put("target_delimiter", file.delimiter()).put("num_fewshot", file.fewShot().shots());
    var metrics = config.putArray("metric_list");
    task.task().metrics().forEach(name -> metrics.addObject().put("metric", name));
    return config;
  }

  private static ObjectNode config(Evaluation evaluation) {
    var run = evaluation.run();
    var config = NODES.objectNode().put("model", "keizoku");
    config.put("model_args", "pretrained=" + evaluation.candidates().getFirst().model().uri());
    config.put("model_dtype", "torch." + evaluation.dtype());
    config.put("batch_tokens", run.passes().batchTokens());
    config.put("bootstrap_iters", run.bootstrap().resamples());
    config
        .put("confidence", run.bootstrap().confidence())
        .put("random_seed", run.randomness().seed());
    config.putNull("limit");
    return config;
  }
}
