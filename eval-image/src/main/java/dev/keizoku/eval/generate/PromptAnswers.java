package dev.keizoku.eval.generate;

import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.contract.eval.Generation;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.request.ChatForm;
import dev.keizoku.eval.score.EvaluatedModel;
import dev.keizoku.eval.task.Answering.Sampling;
import dev.keizoku.eval.task.Answering.Writing;
import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.generate.Decoder;
import dev.keizoku.llm.generate.Prompts;
import dev.keizoku.llm.generate.Sampler;
import dev.keizoku.llm.generate.TextGenerator;
import dev.keizoku.storage.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Lets a model answer the prompts of a run. What it writes depends on the prompt and the run's
 * settings alone, not on what else is written beside it.
 */
public final class PromptAnswers {
  private PromptAnswers() {}

  /** The run's prompts, or the ten that the programs carry where the run names none. */
  public static List<String> prompts(Generation generation) {
    return generation.prompts() == null ? Prompts.financial() : generation.prompts();
  }

  /**
   * Looks whether a model has room for what the run asks for.
   *
   * @param generation null asks for nothing
   * @throws RunFault exit 42 when the new tokens leave no room for a prompt
   */
  public static void check(Generation generation, String model, ModelConfig config) {
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

  /**
   * The prompts as the models read them.
   *
   * @param form of conversations; null where the run asks none
   */
  public static List<String> asked(Generation generation, ChatForm form) {
    var prompts = prompts(generation);
    return generation.asked() ? prompts.stream().map(form::asked).toList() : prompts;
  }

  /** The prompts of a run as its models read them. */
  public static List<String> asked(EvalRun run, ObjectStore store) {
    var generation = run.generation();
    return asked(generation, generation.asked() ? ChatForm.of(run, store) : null);
  }

  /**
   * What the model writes after each prompt.
   *
   * @param asked the prompts as it reads them
   * @param thinkEnd text up to which it is thinking; null where it is not asked
   * @param step is run before each token; may throw to leave
   */
  public static List<PromptAnswer> of(
      EvaluatedModel model,
      Generation generation,
      List<String> asked,
      String thinkEnd,
      Runnable step) {
    var prompts = Prompts.tokens(model.tokenizer(), model.start(), asked);
    var writing = writing(generation, thinkEnd);
    int longest = prompts.stream().mapToInt(prompt -> prompt.length).max().orElse(1);
    int length = Math.min(model.config().maxPositions(), longest + writing.maxTokens());
    var memory = WritingRoom.of(model);
    int share = Math.ceilDiv(prompts.size(), memory.threads(length));
    int lanes = memory.lanes(length, Integer.MAX_VALUE);
    var writer = new Writer(model, writing, step);
    var works = new ArrayList<Function<Decoder, List<PromptAnswer>>>();
    for (int from = 0; from < prompts.size(); from += share) {
      int to = Math.min(from + share, prompts.size());
      var texts = asked.subList(from, to);
      var tokens = prompts.subList(from, to);
      works.add(decoder -> writer.all(decoder, texts, tokens, lanes));
    }
    return model.decoders().run(works).stream().flatMap(List::stream).toList();
  }

  private record Writer(EvaluatedModel model, Writing writing, Runnable step) {

    /** So many at a time. */
    List<PromptAnswer> all(Decoder decoder, List<String> texts, List<int[]> tokens, int lanes) {
      var answers = new ArrayList<PromptAnswer>();
      for (int from = 0; from < texts.size(); from += lanes) {
        int to = Math.min(from + lanes, texts.size());
        answers.addAll(write(decoder, texts.subList(from, to), tokens.subList(from, to)));
      }
      return answers;
    }

    private List<PromptAnswer> write(Decoder decoder, List<String> texts, List<int[]> tokens) {
      var ending = new AnswerEnding(model, writing.until(), step);
      IntFunction<Sampler> samplers =
          i ->
              Draws.of(
                  writing.sampling(),
                  texts.get(i),
                  0,
                  () -> model.notANumber("the prompt \"%s\"".formatted(texts.get(i))));
      return new TextGenerator(decoder.inFixedShapes(), samplers)
          .write(tokens, writing.maxTokens(), ending).stream()
              .map(
                  written ->
                      new PromptAnswer(
                          writing.answer(ending.text(written.tokens())), written.ended()))
              .toList();
    }
  }

  /** What an answer depends on beside its prompt. */
  static Writing writing(Generation generation, String thinkEnd) {
    return new Writing(
        List.of(), generation.maxNewTokens(), 1, sampling(generation.sampling()), thinkEnd);
  }

  private static Sampling sampling(Generation.Sampling of) {
    return of == null ? null : new Sampling(of.temperature(), of.topK(), of.topP(), of.seed());
  }
}
