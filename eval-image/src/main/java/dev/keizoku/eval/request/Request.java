package dev.keizoku.eval.request;

import dev.keizoku.eval.task.Doc;
import java.util.List;

/**
 * What is asked of the model for one row of a task.
 *
 * @param doc the row
 * @param context the text before the answer
 * @param choices the answers without the delimiter; their length in code points normalises {@code
 *     acc_norm}
 * @param delimiter what stands in front of each answer
 * @param gold index of the right choice; {@link #NO_RIGHT_CHOICE} where none is right
 * @param next what is said to a written answer; null where that is the end
 */
public record Request(
    Doc doc, String context, List<String> choices, String delimiter, int gold, Turn next) {
  /** The label of a question of which every choice is wrong (chABSA's neutral opinions). */
  public static final int NO_RIGHT_CHOICE = -100;

  /** A request that one answer ends. */
  public Request(Doc doc, String context, List<String> choices, String delimiter, int gold) {
    this(doc, context, choices, delimiter, gold, null);
  }

  /** The longest text that a model reads for it, but for its own first answer. */
  public String longest() {
    return next == null ? context : next.context();
  }

  /** The texts whose likelihood after the context is taken, one for each choice. */
  public List<String> continuations() {
    return choices.stream().map(choice -> delimiter + choice).toList();
  }

  /** Lengths of the choices, code points. */
  public int[] lengths() {
    return choices.stream().mapToInt(choice -> choice.codePointCount(0, choice.length())).toArray();
  }
}
