package dev.keizoku.eval.generate;

import dev.keizoku.eval.task.Answering.Sampling;
import dev.keizoku.llm.generate.Sampler;
import dev.keizoku.llm.generate.SeededSampler;
import java.util.function.Supplier;

/** How the tokens of an answer are drawn: by the seed, the question and which answer it is. */
final class Draws {
  private Draws() {}

  /**
   * The sampler of an answer.
   *
   * @param sampling null takes the likeliest token
   * @param repeat which answer to the question, from 0
   * @param fault what is thrown where the model gives no numbers: of such a row the first token
   *     would be the likeliest
   */
  static Sampler of(
      Sampling sampling, String question, int repeat, Supplier<? extends RuntimeException> fault) {
    var drawn =
        sampling == null
            ? Sampler.GREEDY
            : new SeededSampler(
                sampling.temperature(),
                sampling.topK(),
                sampling.topP(),
                31 * (31 * sampling.seed() + question.hashCode()) + repeat);
    return (predictions, row) -> {
      if (!Float.isFinite(predictions.of(row, predictions.likeliest(row)))) {
        throw fault.get();
      }
      return drawn.next(predictions, row);
    };
  }
}
