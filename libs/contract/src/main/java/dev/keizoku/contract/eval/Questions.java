package dev.keizoku.contract.eval;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.keizoku.contract.setting.Defaults;
import dev.keizoku.contract.setting.Ruled;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the models are asked.
 *
 * @param tasks which tasks; null means the five of japanese-lm-fin-harness
 * @param promptVersions the prompts of every task that names none of its own; null means the
 *     default prompt
 * @param includePath folder with task files of the user's; null for none
 * @param chat how they are asked as a conversation; null asks in plain text
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Questions(
    @JsonPropertyDescription(
            "The tasks scored: of the Japanese financial benchmark, of the others that the"
                + " evaluator carries (eval tasks), or of includePath. Default: the benchmark's"
                + " five.")
        @Default(Questions.ALL_TASKS)
        @Size(min = 1, max = 32)
        List<Task> tasks,
    @JsonPropertyDescription(
            "Versions of the prompt that every task is asked with, unless it names its own: a sweep"
                + " in one run, with one load of each model. Default: the task's default prompt.")
        @Size(min = 1, max = 16)
        List<@Size(min = 1, max = 63) String> promptVersions,
    @JsonPropertyDescription(
            "Folder with task files (*.yaml) in lm-evaluation-harness' form and their data: s3://, "
                + "file:// (a ConfigMap that podTemplate mounts, say) or "
                + "hf://datasets/owner/name@revision. Default: none.")
        @Pattern("^(s3|file|hf)://.+$")
        @Size(max = 1024)
        String includePath,
    @JsonPropertyDescription(
            "Questions are asked as a conversation, in a model's chat template (apply_chat_template"
                + " of lm-eval). Default: they are asked as plain text.")
        Chat chat)
    implements Ruled {

  /** The tasks when none is named. */
  public static final String ALL_TASKS =
      "[{\"name\":\"chabsa\"},{\"name\":\"cma_basics\"},{\"name\":\"cpa_audit\"},"
          + "{\"name\":\"fp2\"},{\"name\":\"security_sales_1\"}]";

  /** Form of a task's name. */
  public static final String NAME = "^[A-Za-z0-9]([-A-Za-z0-9._]*[A-Za-z0-9])?$";

  /** Sentence of the rule that a task is scored once. */
  public static final String TASKS =
      "every task may be listed once; its promptVersions hold several prompts";

  /** The same as the API server asks it. */
  public static final String TASKS_CEL =
      "self.tasks.all(t, self.tasks.exists_one(u, u.name == t.name))";

  /** Sentence of the rule that a task's prompts are named in one place. */
  public static final String PROMPTS = "a task takes promptVersion or promptVersions, not both";

  /** The same as the API server asks it. */
  public static final String PROMPTS_CEL =
      "self.tasks.all(t, !has(t.promptVersion) || !has(t.promptVersions))";

  /** Fills the defaults. */
  public Questions {
    tasks = Defaults.of(Questions.class, "tasks", tasks);
  }

  @Override
  public Map<String, Boolean> rules() {
    var rules = new LinkedHashMap<String, Boolean>();
    rules.put(TASKS, tasks.stream().map(Task::name).distinct().count() == tasks.size());
    rules.put(
        PROMPTS,
        tasks.stream().allMatch(t -> t.promptVersion() == null || t.promptVersions() == null));
    return rules;
  }

  /**
   * The prompt versions that a task is asked with, in order and each once.
   *
   * @return empty for the task's default prompt
   */
  public List<String> promptVersions(Task task) {
    var own = task.promptVersion() == null ? task.promptVersions() : List.of(task.promptVersion());
    var versions = own == null ? promptVersions : own;
    return versions == null ? List.of() : versions.stream().distinct().toList();
  }

  /** One task. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Task(
      @JsonPropertyDescription("Name of the task, or of a group of tasks.")
          @Required
          @Pattern(NAME)
          @Size(min = 1, max = 63)
          String name,
      @JsonPropertyDescription("Version of the prompt. Default: the task's default prompt.")
          @Size(min = 1, max = 63)
          String promptVersion,
      @JsonPropertyDescription(
              "Several versions of the prompt; the score is their mean. Default: the run's.")
          @Size(min = 1, max = 16)
          List<@Size(min = 1, max = 63) String> promptVersions,
      @JsonPropertyDescription("Score only the first so many documents. Default: all.")
          @Min(1)
          @Max(1000000000)
          Integer limit) {}
}
