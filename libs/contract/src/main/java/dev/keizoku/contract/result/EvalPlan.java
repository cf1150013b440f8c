package dev.keizoku.contract.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/**
 * What an evaluation will ask and take, and what it can show, known before a device is held.
 *
 * @param summary the numbers below in one sentence
 * @param dtype number type that all models are run in, {@code float32} or {@code bfloat16}
 * @param fits whether every model has room; null when the device's memory is not known
 * @param usableBytes bytes that a device has for tensors; null when not known
 * @param models the base model and the candidates
 * @param tokens fed in all
 * @param hours expected of all models; null when not known
 * @param basis where {@code hours} are from; null when not known
 * @param detectable difference of the overall score that will be found; null without scores
 * @param tasks what each task can show, those that show least first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EvalPlan(
    @JsonPropertyDescription("The plan in one sentence.") String summary,
    @JsonPropertyDescription("Number type that all models are run in: float32 or bfloat16.")
        String dtype,
    @JsonPropertyDescription(
            "Whether every model finds room for itself, a pass and the longest text; not set when "
                + "the device's memory is not known.")
        Boolean fits,
    @JsonPropertyDescription(
            "Memory that a device has for tensors, in bytes; not set when it is not known.")
        Long usableBytes,
    @JsonPropertyDescription("The base model and the candidates.") List<ModelPart> models,
    @JsonPropertyDescription(
            "Tokens that are fed to all models, no common beginning twice; without those of written"
                + " answers, whose length nobody knows.")
        long tokens,
    @JsonPropertyDescription("Expected hours of scoring; not set when the speed is not known.")
        Double hours,
    @JsonPropertyDescription("Where hours are from; not set when the speed is not known.")
        String basis,
    @JsonPropertyDescription(
            "Difference of the overall score, 0 to 1, that will be found with 80 % probability if"
                + " 30 % of the questions are answered differently; not set where nothing is"
                + " scored.")
        Double detectable,
    @JsonPropertyDescription(
            "What each task can show, at most 20, those that show least first. Without held-out "
                + "documents, of which that is not known beforehand.")
        List<TaskPart> tasks) {

  /** Rows of tasks that find room in a termination message beside everything else. */
  public static final int MOST_TASKS = 20;

  /**
   * A model of the run.
   *
   * @param name as in the run file
   * @param questions left to ask it
   * @param known questions that it was asked before, or that repeat one
   * @param tokens fed to it
   * @param bytes of a device that it needs
   * @param devices that a copy of it takes; null when the device's memory is not known
   * @param hours expected; null when not known
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ModelPart(
      @JsonPropertyDescription("Name of the model.") String name,
      @JsonPropertyDescription("Questions and documents that are left to ask it.") long questions,
      @JsonPropertyDescription(
              "Questions that an earlier run has asked it, or that repeat one. A model whose"
                  + " weights would have to be read to tell which it is counts as not asked.")
          long known,
      @JsonPropertyDescription("Tokens that are fed to it.") long tokens,
      @JsonPropertyDescription(
              "Memory of a device that it needs, in bytes: of each of devices, where they share its"
                  + " layers.")
          long bytes,
      @JsonPropertyDescription(
              "Devices that a copy of it takes: 1 where it fits one, else as few as have room for"
                  + " its layers together; not set when the device's memory is not known.")
          Integer devices,
      @JsonPropertyDescription("Expected hours; not set when the speed is not known.")
          Double hours) {

    /** Whether its layers are over more than one device. */
    public boolean spread() {
      return devices != null && devices > 1;
    }
  }

  /**
   * What a task can show.
   *
   * @param name without its prompts'
   * @param questions that are independent of each other
   * @param detectable the smallest difference that they show with 80 % probability
   */
  public record TaskPart(
      @JsonPropertyDescription("Name of the task.") String name,
      @JsonPropertyDescription("Questions that are independent of each other.") long questions,
      @JsonPropertyDescription(
              "Difference of the score, 0 to 1, that will be found with 80 % probability if 30 % of"
                  + " the questions are answered differently.")
          double detectable) {}
}
