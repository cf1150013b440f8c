package dev.keizoku.contract.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/**
 * What an evaluation found.
 *
 * @param scores a row a task and candidate
 * @param overall unweighted mean over the tasks, a row a candidate; {@code task} is {@code overall}
 * @param dtype number type that all models were run in, {@code float32} or {@code bfloat16}
 * @param models what is to be known of each model beside its scores
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EvalResult(
    @JsonPropertyDescription(
            "A row a task and candidate; not set where there are too many for a status: they are "
                + "in results.json.")
        List<Score> scores,
    @JsonPropertyDescription("Unweighted mean over the tasks, a row a candidate.")
        List<Score> overall,
    @JsonPropertyDescription("Number type that all models were run in: float32 or bfloat16.")
        String dtype,
    @JsonPropertyDescription("What is to be known of each model beside its scores.")
        List<ModelNotes> models) {

  /** The same without the rows of tasks. */
  EvalResult withoutTasks() {
    return new EvalResult(null, overall, dtype, models);
  }

  /**
   * What is to be known of a model's scores.
   *
   * @param name the model's
   * @param ties questions whose likeliest answer has an equal; the first of them counts
   * @param cut questions that were longer than the model's positions and lost their beginning
   */
  public record ModelNotes(
      @JsonPropertyDescription("Name of the model.") String name,
      @JsonPropertyDescription("Questions whose likeliest answer has an equal.") long ties,
      @JsonPropertyDescription("Questions that were too long and lost their beginning.")
          long cut) {}

  /**
   * One comparison, all scores 0 to 1.
   *
   * @param task the task
   * @param metric {@code acc} or {@code f1}
   * @param candidate the candidate's name
   * @param base the base model's score
   * @param tuned the candidate's score
   * @param delta tuned minus base
   * @param ciLow lower end of the paired bootstrap interval of delta
   * @param ciHigh upper end
   * @param n documents scored
   */
  public record Score(
      @JsonPropertyDescription("Name of the task.") String task,
      @JsonPropertyDescription("acc or f1.") String metric,
      @JsonPropertyDescription("Name of the candidate.") String candidate,
      @JsonPropertyDescription("Score of the base model, 0 to 1.") double base,
      @JsonPropertyDescription("Score of the candidate, 0 to 1.") double tuned,
      @JsonPropertyDescription("Candidate minus base.") double delta,
      @JsonPropertyDescription("Lower end of the paired bootstrap interval of delta.") double ciLow,
      @JsonPropertyDescription("Upper end of that interval.") double ciHigh,
      @JsonPropertyDescription("Documents scored.") long n) {}
}
