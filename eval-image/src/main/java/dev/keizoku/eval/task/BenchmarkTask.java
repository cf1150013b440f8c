package dev.keizoku.eval.task;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.words.Language;
import dev.keizoku.eval.metric.Metric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A task with all its prompts, a file each.
 *
 * @param name as in the run file, for instance {@code fp2}
 * @param prompts by version, in order; the first is the default
 * @param rows reads its data
 */
public record BenchmarkTask(String name, Map<String, TaskFile> prompts, TaskRows rows) {

  /** The prompt version that is used when none is named. */
  public static final String DEFAULT_PROMPT = "default";

  /** The same for models that think before they answer, up to that text. */
  public BenchmarkTask after(String thinkEnd) {
    var thought = new LinkedHashMap<String, TaskFile>();
    prompts.forEach((version, file) -> thought.put(version, file.after(thinkEnd)));
    return new BenchmarkTask(name, thought, rows);
  }

  /**
   * The version that is really used for the wanted one.
   *
   * @param wanted null means {@link #DEFAULT_PROMPT}
   * @throws RunFault exit 42 when the task has no such prompt; the sentence lists what there is
   */
  public String promptVersion(String wanted) {
    var version =
        wanted == null ? DEFAULT_PROMPT : file().labels().aliases().getOrDefault(wanted, wanted);
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

  /** The file of the default prompt. */
  public TaskFile file() {
    return prompts.get(DEFAULT_PROMPT);
  }

  /** What it asks, one line: in that language where the file says it so, else in English. */
  public String title(Language language) {
    var titles = file().labels().titles();
    return titles.getOrDefault(language, titles.getOrDefault(Language.EN, name));
  }

  /** The metric that stands for it: where its file names none the first, but for words. */
  public String score() {
    var score = file().labels().score();
    return score == null
        ? metrics().stream()
            .filter(metric -> !metric.equals(Metric.WORD_PERPLEXITY.label()))
            .findFirst()
            .orElseGet(metrics()::getFirst)
        : score;
  }

  /** Names of all metrics, in the order of the result. */
  public List<String> metrics() {
    return file().metrics();
  }

  /** All rows, in the order of the file, as a prompt asks them. */
  public List<Doc> docs(String promptVersion) {
    return rows.docs(prompts.get(promptVersion));
  }

  /** The rows that a prompt's examples are from. */
  public List<Doc> examples(String promptVersion) {
    return rows.examples(prompts.get(promptVersion));
  }
}
