package dev.keizoku.eval.score;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.llm.generate.Decoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.IntConsumer;

/**
 * Scores the choices of a task with a model: sequences that share a beginning follow each other on
 * a lane, and lanes go through the model side by side.
 */
public final class ChoiceScorer {
  private final EvaluatedModel model;
  private final int batchTokens;

  /**
   * @param batchTokens tokens in one forward pass at most (a single longer sequence goes alone)
   */
  public ChoiceScorer(EvaluatedModel model, int batchTokens) {
    this.model = model;
    this.batchTokens = batchTokens;
  }

  /**
   * Scores all choices of all questions.
   *
   * @param progress is told how many choices are done now, and may throw to stop the work; called
   *     from one thread at a time
   * @throws RunFault exit 42 when a question does not fit the model or its tokenizer
   */
  public ChoiceScores score(TaskRequests task, IntConsumer progress) {
    var plan = TaskPlan.of(task, model.reader());
    var tally = new ScoreTally(plan.parts(), progress, question -> notANumber(task, question));
    // All positions of a document are asked for: then a lane takes a step's whole room.
    int longest = Math.max(1, plan.sequences().longestInput());
    int side = task.ofDocuments() ? 1 : Math.max(1, batchTokens / longest);
    var lanes = plan.sequences().lanes(side * model.decoders().threads(), maxQueries());
    var workers = new ArrayList<Function<Decoder, Void>>();
    for (int from = 0; from < lanes.size(); from += side) {
      workers.add(new LaneWorker(lanes.subList(from, Math.min(from + side, lanes.size())), tally));
    }
    model.decoders().run(workers);
    var scores = tally.scores(plan.sequences().cut());
    return task.ofDocuments() ? documents(scores, plan.tokens()) : scores;
  }

  /** The windows of each document added up, in order. */
  private static ChoiceScores documents(ChoiceScores windows, int[] tokens) {
    var sums = new double[tokens.length][];
    var greedy = new boolean[tokens.length][1];
    for (int i = 0; i < tokens.length; i++) {
      sums[i] = new double[] {Arrays.stream(windows.logLikelihoods()[i]).sum()};
    }
    return new ChoiceScores(sums, greedy, tokens, 0);
  }

  /** So many positions that their predictions fill 128 MiB. */
  private int maxQueries() {
    return Math.clamp((32 << 20) / model.config().vocabularySize(), 16, 512);
  }

  private RunFault notANumber(TaskRequests task, int question) {
    return RunFault.userError(
        Reason.NOT_A_NUMBER,
        "%s does not give a number for question %d of %s: its weights are damaged or too large for %s; look at how its training went, or set dtype: float32."
            .formatted(
                model.identity().name(),
                question,
                task.name(),
                model.type().name().toLowerCase(Locale.ROOT)));
  }
}
