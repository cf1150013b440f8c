package dev.keizoku.eval.generate;

import dev.keizoku.eval.score.EvaluatedModel;

/**
 * How many texts are written at a time.
 *
 * @param tokens that all of them may have together, prompts and what is written
 * @param threads that may write
 */
record WritingRoom(long tokens, int threads) {

  static WritingRoom of(EvaluatedModel model) {
    return new WritingRoom(model.writableTokens(), model.decoders().threads());
  }

  /** Threads that find room for a text of that length each, at least one. */
  int threads(int length) {
    return Math.clamp(tokens / length, 1, threads);
  }

  /**
   * Texts of that length that a thread has side by side, at least one.
   *
   * @param most tokens that they may have together
   */
  int lanes(int length, int most) {
    return (int) Math.max(1, Math.min(most, tokens / threads(length)) / length);
  }
}
