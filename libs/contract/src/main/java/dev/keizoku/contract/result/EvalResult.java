package dev.keizoku.contract.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/**
 * What an evaluation found.
 *
 * @param scores a row a task and candidate
 * @param overall unweighted mean over the tasks, a row a candidate; {@code task} is {@code overall}
 * @param alpha level of the ends in {@code summaries}
 * @param summaries what a gate judges by, a row a candidate; always told
 * @param dtype number type that all models were run in, {@code float32} or {@code bfloat16}
 * @param models what is to be known of each model beside its scores
 * @param judge what the judge says of the written answers, a row a candidate; null without one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EvalResult(
    @JsonPropertyDescription(
            "A row a task and candidate; not set where there are too many for a status: they are "
                + "in results.json.")
        List<Score> scores,
    @JsonPropertyDescription("Unweighted mean over the tasks, a row a candidate.")
        List<Score> overall,
    @JsonPropertyDescription("Level of the one-sided ends in summaries.") Double alpha,
    @JsonPropertyDescription("What a gate judges by, a row a candidate; always told.")
        List<Summary> summaries,
    @JsonPropertyDescription("Number type that all models were run in: float32 or bfloat16.")
        String dtype,
    @JsonPropertyDescription("What is to be known of each model beside its scores.")
        List<ModelNotes> models,
    @JsonPropertyDescription(
            "What the judge says of the written answers, a row a candidate; not set without one, or "
                + "where there is too much for a status: it is in results.json.")
        List<Judged> judge) {

  /** The same without the rows of tasks. */
  EvalResult withoutTasks() {
    return new EvalResult(null, overall, alpha, summaries, dtype, models, judge);
  }

  /** The same with the overall row of the first candidate alone. */
  EvalResult withFirst() {
    return new EvalResult(
        scores,
        overall.subList(0, Math.min(1, overall.size())),
        alpha,
        summaries,
        dtype,
        models,
        judge);
  }

  /** The same without what is to be known of the models. */
  EvalResult withoutNotes() {
    return new EvalResult(scores, overall, alpha, summaries, dtype, null, judge);
  }

  /** The same without what the judge says. */
  EvalResult withoutJudge() {
    return new EvalResult(scores, overall, alpha, summaries, dtype, models, null);
  }

  /**
   * What a gate judges a candidate by: gains (positive is good whatever the metric) at their
   * one-sided ends.
   *
   * @param candidate its name
   * @param same whether it scores as the base model on every question
   * @param p how often chance alone gives so large an overall difference, either way, by its exact
   *     test; null of an evaluation that an older release made
   * @param low lower end of the overall gain
   * @param high its upper end
   * @param weakest the task whose lower end is the lowest
   * @param lost the task whose upper end is the lowest
   * @param general ends over what a model may forget; null where nothing was asked for that
   * @param prompts what the prompt sets did; null for one
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Summary(
      @JsonPropertyDescription("Name of the candidate.") String candidate,
      @JsonPropertyDescription("Whether it scores as the base model on every question.")
          boolean same,
      @JsonPropertyDescription(
              "How often chance alone gives so large an overall difference, either way.")
          Double p,
      @JsonPropertyDescription("Lower end of the overall gain.") double low,
      @JsonPropertyDescription("Upper end of the overall gain.") double high,
      @JsonPropertyDescription("The task whose gain has the lowest lower end.") End weakest,
      @JsonPropertyDescription("The task whose gain has the lowest upper end.") End lost,
      @JsonPropertyDescription("Ends of the gain on general tasks; not set where none was run.")
          Ends general,
      @JsonPropertyDescription("The overall difference over prompt sets; not set for one set.")
          Prompts prompts) {}

  /**
   * An end of a task's gain.
   *
   * @param task name
   * @param gain at that end
   */
  public record End(
      @JsonPropertyDescription("Name of the task.") String task,
      @JsonPropertyDescription("Its gain at that end.") double gain) {}

  /**
   * Both ends of a gain.
   *
   * @param low lower end
   * @param high upper end
   */
  public record Ends(
      @JsonPropertyDescription("Lower end.") double low,
      @JsonPropertyDescription("Upper end.") double high) {}

  /**
   * The overall difference over prompt sets.
   *
   * @param sets how many
   * @param flips how many of them show the other sign than their mean
   * @param worst smallest difference
   * @param best largest difference
   */
  public record Prompts(
      @JsonPropertyDescription("How many prompt sets.") long sets,
      @JsonPropertyDescription("How many of them show the other sign than their mean.") long flips,
      @JsonPropertyDescription("Smallest difference.") double worst,
      @JsonPropertyDescription("Largest difference.") double best) {}

  /**
   * What is to be known of a model's scores.
   *
   * @param name the model's
   * @param ties questions whose likeliest answer has an equal; the first of them counts
   * @param cut questions that were longer than the model's positions and lost their beginning
   * @param refused questions that its endpoint refused, which count as wrong; null for none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ModelNotes(
      @JsonPropertyDescription("Name of the model.") String name,
      @JsonPropertyDescription("Questions whose likeliest answer has an equal.") long ties,
      @JsonPropertyDescription("Questions that were too long and lost their beginning.") long cut,
      @JsonPropertyDescription(
              "Questions that the model's endpoint refused, whose answers are empty and count as "
                  + "wrong; not set for none.")
          Long refused) {}

  /**
   * What a judge says of a candidate's answers beside the base model's, all tasks together. A
   * question is won or lost where both orders say so.
   *
   * @param candidate its name
   * @param questions how many there are
   * @param won of which the candidate's answer is better
   * @param lost of which the base model's is
   * @param ties of which neither is, the orders disagree, or both answers are word for word the
   *     same
   * @param unscored of which an order has no readable answer of the judge
   * @param agreed of the asked and scored, in how many both orders gave the same answer
   * @param p McNemar's exact test of won against lost
   */
  public record Judged(
      @JsonPropertyDescription("Name of the candidate.") String candidate,
      @JsonPropertyDescription("Answers that both models gave.") long questions,
      @JsonPropertyDescription("Of which the candidate's is better in both orders.") long won,
      @JsonPropertyDescription("Of which the base model's is better in both orders.") long lost,
      @JsonPropertyDescription("Of which neither is, or the orders disagree.") long ties,
      @JsonPropertyDescription("Of which the judge gave no readable answer.") long unscored,
      @JsonPropertyDescription("Of the asked and scored, where both orders agree.") long agreed,
      @JsonPropertyDescription("McNemar's exact test of won against lost.") double p) {}

  /**
   * One comparison; scores are 0 to 1, bits a character 0 and more.
   *
   * @param task the task
   * @param metric {@code acc}, {@code f1} ..., {@code bits_per_char}
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
      @JsonPropertyDescription(
              "acc, f1 or another; bits_per_char of held-out documents, of which less is better.")
          String metric,
      @JsonPropertyDescription("Name of the candidate.") String candidate,
      @JsonPropertyDescription("Score of the base model, 0 to 1.") double base,
      @JsonPropertyDescription("Score of the candidate, 0 to 1.") double tuned,
      @JsonPropertyDescription("Candidate minus base.") double delta,
      @JsonPropertyDescription("Lower end of the paired bootstrap interval of delta.") double ciLow,
      @JsonPropertyDescription("Upper end of that interval.") double ciHigh,
      @JsonPropertyDescription("Documents scored.") long n) {}
}
