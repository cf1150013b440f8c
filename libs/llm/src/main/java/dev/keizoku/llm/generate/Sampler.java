package dev.keizoku.llm.generate;

/** Chooses the next token. */
@FunctionalInterface
public interface Sampler {
  /** The likeliest token, always. */
  Sampler GREEDY = LogProbabilities::likeliest;

  /** The token to go on with, from a row of predictions. */
  int next(LogProbabilities predictions, int row);
}
