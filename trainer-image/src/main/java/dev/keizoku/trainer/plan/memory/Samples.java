package dev.keizoku.trainer.plan.memory;

import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.llm.generate.Prompts;
import java.util.List;

/**
 * The sample texts of a run, as far as they need memory. No tokenizer is asked: a prompt counts as
 * a token a character, more than tokenizers with Japanese words make of it.
 *
 * @param promptTokens of each prompt; none where nothing is written
 * @param newTokens written after each at most
 */
public record Samples(List<Integer> promptTokens, int newTokens) {
  /** Nothing is written. */
  public static final Samples NONE = new Samples(List.of(), 0);

  /** Copies the list. */
  public Samples {
    promptTokens = List.copyOf(promptTokens);
  }

  /** Those of a run. */
  static Samples of(TrainRun run) {
    var prompts = prompts(run);
    return prompts.isEmpty()
        ? NONE
        : new Samples(
            prompts.stream().map(p -> Math.max(1, p.codePointCount(0, p.length()))).toList(),
            run.samplePrompts().maxNewTokens());
  }

  /** The prompts of a run: its own, or those of the field; none where nothing is written. */
  public static List<String> prompts(TrainRun run) {
    var asked = run.samplePrompts();
    if (asked.maxNewTokens() == 0) {
      return List.of();
    }
    var named = asked.prompts() != null && !asked.prompts().isEmpty();
    return named ? asked.prompts() : Prompts.financial();
  }

  /**
   * Tokens that are written at most: half of the positions is left to the prompt; the writer cuts a
   * longer one at its beginning.
   */
  public static int written(int maxNewTokens, int maxPositions) {
    return Math.min(maxNewTokens, Math.max(1, maxPositions / 2));
  }
}
