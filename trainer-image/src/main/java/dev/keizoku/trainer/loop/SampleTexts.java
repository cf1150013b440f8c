package dev.keizoku.trainer.loop;

import dev.keizoku.contract.TrainRun;
import dev.keizoku.llm.generate.Prompts;
import dev.keizoku.tokenizer.Tokenizer;
import dev.keizoku.trainer.parallel.DataParallelTrainer;
import dev.keizoku.trainer.report.SampleLog;
import java.util.List;

/**
 * The sample prompts of a run, which the model continues greedily. Reads the parameters only: with
 * or without samples a run has the same bits.
 */
final class SampleTexts implements AutoCloseable {
  private final List<String> prompts;
  private final int maxNewTokens;
  private final Tokenizer tokenizer;

  private SampleTexts(List<String> prompts, int maxNewTokens, Tokenizer tokenizer) {
    this.prompts = prompts;
    this.maxNewTokens = maxNewTokens;
    this.tokenizer = tokenizer;
  }

  /** The prompts that a run asks for, or none. */
  static SampleTexts of(TrainRun run, StartModel start) {
    var asked = run.samplePrompts();
    if (asked == null || asked.maxNewTokens() == 0) {
      return new SampleTexts(List.of(), 0, null);
    }
    var named = asked.prompts() != null && !asked.prompts().isEmpty();
    // Half of the positions is left to the prompt; the writer cuts a longer one at its beginning.
    var room = Math.max(1, start.config().maxPositions() / 2);
    return new SampleTexts(
        named ? asked.prompts() : Prompts.financial(),
        Math.min(asked.maxNewTokens(), room),
        start.tokenizer());
  }

  /** Lets the model continue each prompt, and notes what it wrote. */
  void write(DataParallelTrainer trainer, long step, SampleLog log) {
    if (prompts.isEmpty()) {
      return;
    }
    var texts =
        trainer.continueGreedily(
            Prompts.tokens(tokenizer, prompts), maxNewTokens, id -> id == tokenizer.eosId());
    for (var i = 0; i < prompts.size(); i++) {
      log.add(new SampleLog.Line(step, prompts.get(i), tokenizer.decode(texts.get(i))));
    }
  }

  @Override
  public void close() {
    if (tokenizer != null) {
      tokenizer.close();
    }
  }
}
