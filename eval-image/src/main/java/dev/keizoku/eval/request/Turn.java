package dev.keizoku.eval.request;

/**
 * What the user says to a model's own first answer.
 *
 * @param text of it
 * @param context what the model reads then, with {@link #ANSWER} where its first answer goes
 */
public record Turn(String text, String context) {
  /** Stands for the answer: of no script, so that it is in no question. */
  static final String ANSWER = "\uE000";

  /** What the model reads after that answer. */
  public String after(String answer) {
    return after(context, answer);
  }

  /** A part of the context after that answer. */
  public String after(String part, String answer) {
    return part.replace(ANSWER, answer);
  }

  /** Both answers as somebody else reads them. */
  public String told(String first, String second) {
    return "%s\n\n[user]\n%s\n\n[assistant]\n%s".formatted(first, text, second);
  }
}
