package dev.keizoku.eval.generate;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.keizoku.contract.EvalRun;
import dev.keizoku.contract.RunFault;
import dev.keizoku.eval.score.EvaluatedModel;
import dev.keizoku.llm.generate.Sampler;
import dev.keizoku.llm.generate.TextGenerator;
import dev.keizoku.llm.model.ModelConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Lets a model continue the prompts of a run, greedily. */
public final class GreedyAnswers {
  private GreedyAnswers() {}

  /** The run's prompts, or the ten that the program carries where the run names none. */
  public static List<String> prompts(EvalRun.Generation generation) {
    if (generation.prompts() != null && !generation.prompts().isEmpty()) {
      return generation.prompts();
    }
    try (var in = GreedyAnswers.class.getResourceAsStream("/generation/prompts.yaml")) {
      return new YAMLMapper().readValue(in, new TypeReference<List<String>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Looks whether a model has room for what the run asks for.
   *
   * @param generation null asks for nothing
   * @throws RunFault exit 42 when the new tokens leave no room for a prompt
   */
  public static void check(EvalRun.Generation generation, String model, ModelConfig config) {
    if (generation != null && generation.maxNewTokens() >= config.maxPositions()) {
      throw RunFault.userError(
          "TooManyNewTokens",
          "generation.maxNewTokens is %,d, but %s has %,d positions in all; choose a smaller number."
              .formatted(generation.maxNewTokens(), model, config.maxPositions()));
    }
  }

  /** What the model writes after each prompt. */
  public static List<String> of(EvaluatedModel model, EvalRun.Generation generation) {
    var tokenizer = model.tokenizer();
    var prompts =
        prompts(generation).stream()
            .map(tokenizer::encodeWithSpecialTokens)
            .map(ids -> ids.length > 0 ? ids : new int[] {tokenizer.eosId()})
            .toList();
    return new TextGenerator(model.decoder(), Sampler.GREEDY)
        .continueAll(prompts, generation.maxNewTokens(), id -> id == tokenizer.eosId()).stream()
            .map(tokenizer::decode)
            .toList();
  }
}
