package dev.keizoku.eval.answer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A pipeline of {@code filter_list}: from all answers to a question to the one that is scored.
 *
 * @param name of the pipeline; metrics are called {@code METRIC,NAME} in result files
 * @param steps in order
 */
public record AnswerFilters(String name, List<AnswerFilter> steps) {

  /** What a task has that names none: the first answer as it is. */
  public static final AnswerFilters NONE = new AnswerFilters("none", List.of());

  /**
   * Reads a pipeline of a task file.
   *
   * @param pipeline with fields {@code name} and {@code filter}
   * @throws IllegalArgumentException in one line, for what is not done here
   */
  public static AnswerFilters of(JsonNode pipeline) {
    var steps = new ArrayList<AnswerFilter>();
    for (var step : pipeline.path("filter")) {
      steps.add(AnswerFilter.of(step.path("function").asText(), step));
    }
    if (steps.isEmpty() || !steps.getLast().equals(AnswerFilter.FIRST)) {
      throw new IllegalArgumentException(
          "filter_list '%s' does not end in take_first, so that one answer is left"
              .formatted(pipeline.path("name").asText()));
    }
    return new AnswerFilters(pipeline.path("name").asText("none"), steps);
  }

  /**
   * The answer that is scored.
   *
   * @param answers in the order in which they were written, at least one
   */
  public String one(List<String> answers) {
    var left = answers;
    for (var step : steps) {
      left = step.apply(left);
    }
    return left.getFirst();
  }
}
