package dev.keizoku.contract.eval;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.keizoku.contract.setting.Defaults;
import dev.keizoku.contract.setting.Ruled;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the models are asked.
 *
 * @param tasks which tasks; null means all of {@link TaskName}
 * @param promptVersions the prompts of every task that names none of its own; null means the
 *     default prompt
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Questions(
    @JsonPropertyDescription("The tasks scored. Default: all five.")
        @Default(Questions.ALL_TASKS)
        @Size(min = 1, max = 5)
        List<Task> tasks,
    @JsonPropertyDescription(
            "Versions of the prompt that every task is asked with, unless it names its own: a sweep "
                + "in one run, with one load of each model. Default: the task's default prompt.")
        @Size(min = 1, max = 16)
        List<@Size(min = 1, max = 63) String> promptVersions)
    implements Ruled {

  /** The tasks when none is named. */
  public static final String ALL_TASKS =
      "[{\"name\":\"chabsa\"},{\"name\":\"cma_basics\"},{\"name\":\"cpa_audit\"},"
          + "{\"name\":\"fp2\"},{\"name\":\"security_sales_1\"}]";

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

  /** The tasks of japanese-lm-fin-harness. */
  public enum TaskName {
    @JsonProperty("chabsa")
    CHABSA,
    @JsonProperty("cma_basics")
    CMA_BASICS,
    @JsonProperty("cpa_audit")
    CPA_AUDIT,
    @JsonProperty("fp2")
    FP2,
    @JsonProperty("security_sales_1")
    SECURITY_SALES_1;

    /** The name as the harness writes it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** One task. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Task(
      @JsonPropertyDescription("Name of the task.") @Required TaskName name,
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
