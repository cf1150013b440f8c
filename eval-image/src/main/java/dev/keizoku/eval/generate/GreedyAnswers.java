package dev.keizoku.eval.generate;

import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.score.EvaluatedModel;
import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.generate.Decoder;
import dev.keizoku.llm.generate.Prompts;
import dev.keizoku.llm.generate.Sampler;
import dev.keizoku.llm.generate.TextGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Lets a model continue the prompts of a run, greedily. */
public final class GreedyAnswers {
  private GreedyAnswers() {}

  /** The run's prompts, or the ten that the programs carry where the run names none. */
  public static List<String> prompts(EvalRun.Generation generation) {
    return generation.prompts() == null ? Prompts.financial() : generation.prompts();
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
          Reason.TOO_MANY_NEW_TOKENS,
          String.format(
              Locale.ROOT,
              "generation.maxNewTokens is %,d, but %s has %,d positions in all; choose a smaller number.",
              generation.maxNewTokens(),
              model,
              config.maxPositions()));
    }
  }

  /** What the model writes after each prompt. */
  public static List<String> of(EvaluatedModel model, EvalRun.Generation generation) {
    var tokenizer = model.tokenizer();
    var prompts = Prompts.tokens(tokenizer, model.start(), prompts(generation));
    var works = new ArrayList<Function<Decoder, List<int[]>>>();
    int share = Math.ceilDiv(prompts.size(), model.decoders().threads());
    for (int from = 0; from < prompts.size(); from += share) {
      var some = prompts.subList(from, Math.min(from + share, prompts.size()));
      works.add(
          decoder ->
              new TextGenerator(decoder, Sampler.GREEDY)
                  .continueAll(some, generation.maxNewTokens(), model.endTokens()::contains));
    }
    return model.decoders().run(works).stream()
        .flatMap(List::stream)
        .map(tokenizer::decode)
        .toList();
  }
}
