package dev.keizoku.eval.request;

import dev.keizoku.benchmark.Doc;
import java.util.List;

/**
 * What is asked of the model for one question.
 *
 * @param doc the question
 * @param context the text before the answer
 * @param choices the answers without the delimiter; their length in code points normalises {@code
 *     acc_norm}
 * @param delimiter what stands in front of each answer
 */
public record Request(Doc doc, String context, List<String> choices, String delimiter) {

  /** The texts whose likelihood after the context is taken, one for each choice. */
  public List<String> continuations() {
    return choices.stream().map(choice -> delimiter + choice).toList();
  }

  /** Lengths of the choices, code points. */
  public int[] lengths() {
    return choices.stream().mapToInt(choice -> choice.codePointCount(0, choice.length())).toArray();
  }
}
