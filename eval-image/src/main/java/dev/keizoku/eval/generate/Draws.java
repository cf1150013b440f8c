package dev.keizoku.eval.generate;

import dev.keizoku.eval.task.Answering.Sampling;
import dev.keizoku.llm.generate.Sampler;
import dev.keizoku.llm.generate.SeededSampler;

/** How the tokens of an answer are drawn: by the seed, the question and which answer it is. */
final class Draws {
  private Draws() {}

  /**
   * The sampler of an answer.
   *
   * @param sampling null takes the likeliest token
   * @param repeat which answer to the question, from 0
   */
  static Sampler of(Sampling sampling, String question, int repeat) {
    return sampling == null
        ? Sampler.GREEDY
        : new SeededSampler(
            sampling.temperature(),
            sampling.topK(),
            sampling.topP(),
            31 * (31 * sampling.seed() + question.hashCode()) + repeat);
  }
}
