package dev.keizoku.eval.score;

import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.items.ItemScore;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.llm.generate.Decoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Scores the choices of a task with a model: sequences that share a beginning follow each other on
 * a lane, and lanes go through the model side by side.
 */
public final class ChoiceScorer {
  private final EvaluatedModel model;
  private final Batching batching;

  /**
   * @param batchTokens tokens that are fed at a time, by all threads of a device together
   */
  public ChoiceScorer(EvaluatedModel model, int batchTokens) {
    this.model = model;
    this.batching = Batching.of(batchTokens, model.room(), model.memory());
  }

  /**
   * Scores all choices of all questions.
   *
   * @throws RunFault exit 42 when a question does not fit the model or its tokenizer
   */
  public ChoiceScores score(TaskRequests task, ScoringListener listener) {
    var plan = TaskPlan.of(task, model.reader());
    var items = new ItemScore[task.requests().size()];
    var tally =
        new ScoreTally(plan, keeping(items, listener), question -> notANumber(task, question));
    model.decoders().run(workers(plan.sequences(), tally));
    return ChoiceScores.of(Arrays.asList(items));
  }

  /** A worker for each thread, all of which get some of the longest sequences first. */
  private List<Function<Decoder, Void>> workers(ScoringPlan plan, ScoreTally tally) {
    int threads = model.decoders().threads();
    int devices = threads / batching.threads();
    var lanes = plan.lanes(batching.lanes(plan) * devices, batching.passTokens());
    var shares = new ArrayList<List<List<ScoringStep>>>();
    // Threads that find no room for a sequence of their own have nothing to do.
    for (int thread = 0; thread < Math.min(threads, lanes.size()); thread++) {
      shares.add(new ArrayList<>());
    }
    for (int i = 0; i < lanes.size(); i++) {
      shares.get(i % shares.size()).add(lanes.get(i));
    }
    var workers = new ArrayList<Function<Decoder, Void>>();
    shares.forEach(share -> workers.add(new LaneWorker(share, batching.passTokens(), tally)));
    return workers;
  }

  private static ScoringListener keeping(ItemScore[] items, ScoringListener listener) {
    return new ScoringListener() {
      @Override
      public void done(int count) {
        listener.done(count);
      }

      @Override
      public void item(int request, ItemScore score) {
        items[request] = score;
        listener.item(request, score);
      }
    };
  }

  private RunFault notANumber(TaskRequests task, int request) {
    return model.notANumber(
        "question %d of %s".formatted(task.requests().get(request).doc().index(), task.name()));
  }
}
