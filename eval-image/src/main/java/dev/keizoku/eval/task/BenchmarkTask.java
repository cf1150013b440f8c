package dev.keizoku.eval.task;

import dev.keizoku.benchmark.Doc;
import dev.keizoku.benchmark.QuestionSets;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import java.util.List;
import java.util.Map;

/**
 * A task of the benchmark with all its prompt texts.
 *
 * @param name as in the run file, for instance {@code fp2}
 * @param title what it asks, one line
 * @param score name of the metric that stands for the task in a table
 * @param metrics names of all metrics, in the order of the result
 * @param instruction value of the variable {@code instruction}; may be empty
 * @param prompts by version, in order
 * @param aliases prompt versions that this task lacks, and which one stands in
 */
public record BenchmarkTask(
    String name,
    String title,
    String score,
    List<String> metrics,
    String instruction,
    Map<String, Prompt> prompts,
    Map<String, String> aliases) {

  /** The prompt version that is used when none is named. */
  public static final String DEFAULT_PROMPT = "default";

  /**
   * The version that is really used for the wanted one.
   *
   * @param wanted null means {@link #DEFAULT_PROMPT}
   * @throws RunFault exit 42 when the task has no such prompt; the sentence lists what there is
   */
  public String promptVersion(String wanted) {
    var version = wanted == null ? DEFAULT_PROMPT : aliases.getOrDefault(wanted, wanted);
    if (!prompts.containsKey(version)) {
      throw RunFault.userError(
          Reason.UNKNOWN_PROMPT_VERSION,
          "Task %s has no prompt version '%s'; choose one of %s."
              .formatted(name, wanted, String.join(", ", prompts.keySet())));
    }
    return version;
  }

  /** The name in result files: the task's, with the prompt version unless it is the default. */
  public String resultName(String promptVersion) {
    return promptVersion.equals(DEFAULT_PROMPT) ? name : name + "-" + promptVersion;
  }

  /** The task's questions, all of them, in the order of the file. */
  public List<Doc> docs() {
    return QuestionSets.read(name).orElseThrow();
  }
}
