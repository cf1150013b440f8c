package dev.keizoku.llm.generate;

import java.util.List;

/** When a text that a model writes is at its end. */
@FunctionalInterface
public interface Ending {

  /** Whether a token ends the text; it is then no part of it. */
  boolean token(int token);

  /** Whether the text is whole with what was written so far. */
  default boolean text(List<Integer> written) {
    return false;
  }

  /** Is told of each step, before it; may throw to stop the work. */
  default void step() {}
}
