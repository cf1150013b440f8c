package dev.keizoku.eval.generate;

import dev.keizoku.eval.score.EvaluatedModel;
import dev.keizoku.llm.generate.Ending;
import java.util.List;

/** An answer ends with an end token of the model or before one of the task's stop texts. */
final class AnswerEnding implements Ending {
  private final EvaluatedModel model;
  private final List<String> until;
  private final Runnable step;

  AnswerEnding(EvaluatedModel model, List<String> until, Runnable step) {
    this.model = model;
    this.until = until;
    this.step = step;
  }

  @Override
  public boolean token(int token) {
    return model.endTokens().contains(token);
  }

  @Override
  public boolean text(List<Integer> written) {
    var text = decoded(written.stream().mapToInt(Integer::intValue).toArray());
    return until.stream().anyMatch(text::contains);
  }

  @Override
  public void step() {
    step.run();
  }

  /** The answer without what ended it. */
  String text(int[] tokens) {
    return before(decoded(tokens), until);
  }

  /** A text up to the first of those. */
  static String before(String text, List<String> until) {
    var before = text;
    for (var end : until) {
      int at = before.indexOf(end);
      before = at < 0 ? before : before.substring(0, at);
    }
    return before;
  }

  private String decoded(int[] tokens) {
    return model.tokenizer().decode(tokens);
  }
}
