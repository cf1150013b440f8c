package dev.keizoku.eval.score;

import dev.keizoku.eval.items.ItemScore;

/** Is told how the scoring of a task gets on, by one thread at a time. */
@FunctionalInterface
public interface ScoringListener {

  /**
   * Choices, or documents, that are done now; may throw to stop the work.
   *
   * @param count all so far
   */
  void done(int count);

  /**
   * A question or document is done.
   *
   * @param request index of its request
   */
  default void item(int request, ItemScore score) {}
}
