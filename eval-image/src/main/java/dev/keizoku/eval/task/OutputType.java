package dev.keizoku.eval.task;

import java.util.Locale;

/** What a task asks of a model, by the names of lm-evaluation-harness. */
public enum OutputType {
  /** The likelihood of each choice after the text. */
  MULTIPLE_CHOICE,
  /** The likelihood of a whole document. */
  LOGLIKELIHOOD_ROLLING;

  /** The name in task files. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
