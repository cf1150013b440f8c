package dev.keizoku.eval.files;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.eval.request.ChatForm;
import dev.keizoku.eval.request.PythonLiteral;
import dev.keizoku.eval.result.Evaluation;
import dev.keizoku.eval.result.ModelScores;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * {@code results_DATE.json} of one model, as lm-evaluation-harness writes it: its fields in its
 * order, and no other.
 *
 * <p>Source: EleutherAI/lm-evaluation-harness 0.4.9.1, {@code evaluator.simple_evaluate}, {@code
 * EvaluationTracker.save_results_aggregated}.
 */
final class LmEvalResults {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private LmEvalResults() {}

  /**
   * The file.
   *
   * @param hashes of the samples of each task
   */
  static ObjectNode of(Evaluation evaluation, ModelScores model, Map<String, String> hashes) {
    var document = NODES.objectNode();
    document.set("results", TaskBlocks.results(model, evaluation.tasks()));
    TaskBlocks.add(document, evaluation.tasks());
    document.set("config", config(evaluation, model));
    document.putNull("git_hash");
    document.put("date", seconds(evaluation.started()));
    document.putNull("pretty_env_info").putNull("transformers_version");
    document.putNull("lm_eval_version").putNull("upper_git_hash");
    var written = document.putObject("task_hashes");
    hashes.forEach(written::put);
    var name = model.model().name();
    document.put("model_source", "keizoku").put("model_name", name);
    document.put("model_name_sanitized", name);
    conversation(document, evaluation.chat());
    document.put("start_time", seconds(evaluation.started()));
    document.put("end_time", seconds(evaluation.finished()));
    var took = Duration.between(evaluation.started(), evaluation.finished());
    document.put("total_evaluation_time_seconds", PythonLiteral.str(took.toMillis() / 1000.0));
    return document;
  }

  /** What was said before all questions, and how it was written; all null in plain text. */
  static void conversation(ObjectNode document, ChatForm chat) {
    var system = chat == null ? null : chat.system();
    var template = chat == null ? null : chat.template();
    document.put("system_instruction", system);
    document.put("system_instruction_sha", sha256(system));
    document.put("fewshot_as_multiturn", chat != null && chat.multiturn());
    document.put("chat_template", template);
    document.put("chat_template_sha", sha256(template));
  }

  /** By {@code pretrained} its tools tell models apart; a run's models may lie in one place. */
  private static ObjectNode config(Evaluation evaluation, ModelScores model) {
    var run = evaluation.run();
    var of = model.model();
    var config = NODES.objectNode().put("model", "keizoku");
    config.put(
        "model_args",
        "pretrained=%s,uri=%s,sha256=%s,dtype=%s"
            .formatted(of.name(), of.uri(), of.sha256(), evaluation.dtype()));
    config.put("model_dtype", "torch." + evaluation.dtype()).put("model_sha", of.sha256());
    config.putNull("batch_size").putArray("batch_sizes");
    config.putNull("device").putNull("use_cache");
    config.put("limit", evaluation.limit());
    config.put("bootstrap_iters", run.bootstrap().resamples()).putNull("gen_kwargs");
    for (var seed : new String[] {"random_seed", "numpy_seed", "torch_seed", "fewshot_seed"}) {
      config.put(seed, run.randomness().seed());
    }
    return config;
  }

  private static double seconds(Instant time) {
    return time.toEpochMilli() / 1000.0;
  }

  private static String sha256(String text) {
    return text == null || text.isEmpty() ? null : Digests.sha256(text);
  }
}
