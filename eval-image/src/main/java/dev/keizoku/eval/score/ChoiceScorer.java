package dev.keizoku.eval.score;

import dev.keizoku.contract.RunFault;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.request.TokenSplit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/**
 * Scores the choices of a task with a model: sequences that share a beginning follow each other on
 * a lane, and lanes go through the model side by side.
 */
public final class ChoiceScorer {
  private final EvaluatedModel model;
  private final int batchTokens;
  private final int threads;

  /**
   * @param batchTokens tokens in one forward pass at most (a single longer sequence goes alone)
   * @param threads threads that run the model; on a CPU a core each is faster than all cores for
   *     one small operator after another
   */
  public ChoiceScorer(EvaluatedModel model, int batchTokens, int threads) {
    this.model = model;
    this.batchTokens = batchTokens;
    this.threads = threads;
  }

  /**
   * Scores all choices of all questions.
   *
   * @param progress is told how many choices are done now, and may throw to stop the work; called
   *     from one thread at a time
   * @throws RunFault exit 42 when a question does not fit the model or its tokenizer
   */
  public ChoiceScores score(TaskRequests task, IntConsumer progress) {
    var plan = plan(task, model.decoder().config().maxPositions());
    var tally = new ScoreTally(task.requests(), progress);
    int side = Math.max(1, batchTokens / Math.max(1, plan.longestInput()));
    var lanes = plan.lanes(side * threads);
    var workers = new ArrayList<Callable<Void>>();
    for (int from = 0; from < lanes.size(); from += side) {
      var share = lanes.subList(from, Math.min(from + side, lanes.size()));
      workers.add(new LaneWorker(model, share, tally, threads));
    }
    run(workers);
    return tally.scores();
  }

  private ScoringPlan plan(TaskRequests task, int maxLength) {
    var plan = new ScoringPlan(maxLength);
    var tokenizer = model.tokenizer();
    int prefix = tokenizer.bosId().orElse(tokenizer.eosId());
    for (int request = 0; request < task.requests().size(); request++) {
      var asked = task.requests().get(request);
      var continuations = asked.continuations();
      for (int choice = 0; choice < continuations.size(); choice++) {
        var split =
            TokenSplit.of(
                tokenizer::encodeWithSpecialTokens,
                prefix,
                asked.context(),
                continuations.get(choice));
        try {
          plan.add(split, request, choice);
        } catch (IllegalArgumentException e) {
          throw RunFault.userError(
              "QuestionDoesNotFit",
              "Task %s cannot be scored with %s: %s; use a model with more positions or another tokenizer."
                  .formatted(task.name(), model.identity().name(), e.getMessage()),
              e);
        }
      }
    }
    return plan;
  }

  private void run(List<Callable<Void>> workers) {
    try (var pool = Executors.newFixedThreadPool(threads)) {
      for (Future<Void> worker : pool.invokeAll(workers)) {
        worker.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while scoring", e);
    }
  }
}
