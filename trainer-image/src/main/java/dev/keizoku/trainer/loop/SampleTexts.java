package dev.keizoku.trainer.loop;

import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.llm.generate.Prompts;
import dev.keizoku.program.ProgressBoard;
import dev.keizoku.tokenizer.TextStart;
import dev.keizoku.tokenizer.Tokenizer;
import dev.keizoku.trainer.parallel.DataParallelTrainer;
import dev.keizoku.trainer.plan.memory.Samples;
import dev.keizoku.trainer.report.SampleLog;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The sample prompts of a run, which the model continues greedily. Reads the parameters only: with
 * or without samples a run has the same bits.
 */
final class SampleTexts implements AutoCloseable {
  private final List<String> prompts;
  private final int maxNewTokens;
  private final Tokenizer tokenizer;
  private final TextStart start;

  private SampleTexts(
      List<String> prompts, int maxNewTokens, Tokenizer tokenizer, TextStart start) {
    this.prompts = prompts;
    this.maxNewTokens = maxNewTokens;
    this.tokenizer = tokenizer;
    this.start = start;
  }

  /** The prompts that a run asks for, or none. */
  static SampleTexts of(TrainRun run, StartModel start) {
    var prompts = Samples.prompts(run);
    if (prompts.isEmpty()) {
      return new SampleTexts(prompts, 0, null, TextStart.NOTHING);
    }
    var written =
        Samples.written(run.samplePrompts().maxNewTokens(), start.config().maxPositions());
    return new SampleTexts(prompts, written, start.openTokenizer(), start.tokenizer().start());
  }

  /** Lets the model continue each prompt, telling each token, and notes what it wrote. */
  void write(DataParallelTrainer trainer, long step, SampleLog log, ProgressBoard progress) {
    if (prompts.isEmpty()) {
      return;
    }
    progress.begin("samples", "tokens", 0, (long) prompts.size() * maxNewTokens);
    IntPredicate ends =
        token -> {
          progress.add(1);
          return token == tokenizer.eosId();
        };
    var texts =
        trainer.continueGreedily(Prompts.tokens(tokenizer, start, prompts), maxNewTokens, ends);
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
