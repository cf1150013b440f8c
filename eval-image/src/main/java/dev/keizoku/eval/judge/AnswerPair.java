package dev.keizoku.eval.judge;

/**
 * What two models wrote to one question.
 *
 * @param task name in result files
 * @param question number in the task
 * @param prompt the question as it was shown
 * @param base the base model's answer
 * @param candidate the candidate's
 */
public record AnswerPair(String task, int question, String prompt, String base, String candidate) {

  /** Whether both wrote the same, word for word. */
  boolean same() {
    return base.equals(candidate);
  }
}
