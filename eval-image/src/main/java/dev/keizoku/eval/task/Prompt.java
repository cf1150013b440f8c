package dev.keizoku.eval.task;

/**
 * A prompt text of a task. Variables stand in braces; a variable's value is put in as it is, never
 * looked at for variables again.
 *
 * @param description what is written once before the question
 * @param text the question's part; {@code {options}} is the list of choices
 * @param option how one choice is written in that list; null where the text has no list
 * @param separator between two options
 * @param continuation how a choice is written as an answer
 * @param delimiter what stands between the text and an answer
 */
public record Prompt(
    String description,
    String text,
    String option,
    String separator,
    String continuation,
    String delimiter) {

  /** Empty text where the file says nothing. */
  public Prompt {
    separator = separator == null ? "" : separator;
    delimiter = delimiter == null ? "" : delimiter;
  }

  Prompt withDescription(String other) {
    return new Prompt(other, text, option, separator, continuation, delimiter);
  }
}
