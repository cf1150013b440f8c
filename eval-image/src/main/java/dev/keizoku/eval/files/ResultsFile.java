package dev.keizoku.eval.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keizoku.eval.result.Evaluation;
import java.time.Duration;

/**
 * {@code results.json}. Its top level is what lm-evaluation-harness writes for the first candidate,
 * so that tools that read such files go on working; {@code models} holds the same {@code results}
 * block for every model with its ties, cut and refused questions, {@code comparisons} the
 * differences, {@code answers} the generated texts, {@code styles} how the models write, {@code
 * judge} what a judge says of them.
 */
public final class ResultsFile {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

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
    document.set("results", TaskBlocks.results(candidate, tasks));
    TaskBlocks.add(document, tasks);
    document.set("config", config(evaluation));
    document.putNull("git_hash");
    document.put("date", evaluation.started().getEpochSecond());
    document.putNull("transformers_version").putNull("lm_eval_version");
    var hashes = document.putObject("task_hashes");
    tasks.forEach(task -> hashes.put(task.name(), task.sha256()));
    document.put("model_source", "keizoku").put("model_name", candidate.model().name());
    LmEvalResults.conversation(document, evaluation.chat());
    document.put("start_time", evaluation.started().toString());
    document.put("end_time", evaluation.finished().toString());
    document.put(
        "total_evaluation_time_seconds",
        Duration.between(evaluation.started(), evaluation.finished()).toMillis() / 1000.0);
    var models = document.putObject("models");
    for (var model : evaluation.models()) {
      var entry = models.putObject(model.model().name());
      entry.put("uri", model.model().uri()).put("sha256", model.model().sha256());
      entry.set("results", TaskBlocks.results(model, tasks));
      var ties = entry.putObject("ties");
      var cut = entry.putObject("cut_questions");
      var refused = NODES.objectNode();
      for (var task : tasks) {
        ties.put(task.name(), model.ties(task));
        cut.put(task.name(), model.on(task).cut());
        if (model.on(task).refused() > 0) {
          refused.put(task.name(), model.on(task).refused());
        }
      }
      if (!refused.isEmpty()) {
        entry.set("refused_questions", refused);
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
    var judge = NODES.objectNode().put("endpoint", settings.api().endpoint());
    judge.put("model", settings.api().model()).put("rubric", settings.rubric());
    var candidates = judge.putObject("candidates");
    for (var candidate : evaluation.judged()) {
      var entry = candidates.putObject(candidate.name());
      entry.set("all", JSON.valueToTree(candidate.summary()));
      entry.set("tasks", JSON.valueToTree(candidate.byTask()));
    }
    return judge;
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
    config.put("limit", evaluation.limit());
    return config;
  }
}
