package dev.keizoku.eval.score;

import dev.keizoku.eval.items.ItemScore;
import dev.keizoku.llm.generate.Reading;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.IntFunction;

/** Adds up log-probabilities of tokens to log-likelihoods of choices; for many threads. */
final class ScoreTally {
  private final double[][] logLikelihoods;
  private final boolean[][] greedy;
  private final int[] open;
  private final ScoringListener listener;
  private final IntFunction<? extends RuntimeException> fault;
  private final TaskPlan plan;
  private int choicesDone;
  private boolean abandoned;

  /**
   * @param plan what is asked
   * @param listener is told what is done
   * @param fault what is thrown for a question whose log-probabilities are no numbers
   */
  ScoreTally(
      TaskPlan plan, ScoringListener listener, IntFunction<? extends RuntimeException> fault) {
    this.plan = plan;
    this.listener = listener;
    this.fault = fault;
    int[] parts = plan.parts();
    open = plan.sequences().predictions(parts.length);
    logLikelihoods = new double[parts.length][];
    greedy = new boolean[parts.length][];
    for (int i = 0; i < parts.length; i++) {
      logLikelihoods[i] = new double[parts[i]];
      greedy[i] = new boolean[parts[i]];
      Arrays.fill(greedy[i], true);
    }
  }

  /**
   * Takes what was read. The tokens of a choice come in order, whatever other threads do, as they
   * are all on one lane; so the sums are the same on every run.
   *
   * @param asked the queries of each position
   */
  synchronized void add(Iterable<List<ScoringStep.Query>> asked, Reading reading) {
    int row = 0;
    for (var queries : asked) {
      for (int i = 0; i < queries.size(); i++) {
        var query = queries.get(i);
        float logProbability = reading.logProbabilities()[row][i];
        if (!Float.isFinite(logProbability)) {
          throw fault.apply(query.request());
        }
        logLikelihoods[query.request()][query.choice()] += logProbability;
        greedy[query.request()][query.choice()] &= reading.likeliest()[row] == query.token();
        choicesDone += query.last() ? 1 : 0;
        if (--open[query.request()] == 0) {
          listener.item(query.request(), item(query.request()));
        }
      }
      row++;
    }
  }

  private ItemScore item(int request) {
    return plan.item(request, logLikelihoods[request], greedy[request]);
  }

  /**
   * Tells the progress.
   *
   * @throws CancellationException when another thread has given up
   */
  synchronized void tell() {
    if (abandoned) {
      throw new CancellationException("another thread has given up");
    }
    listener.done(choicesDone);
  }

  /** Makes the other threads leave too. */
  synchronized void abandon() {
    abandoned = true;
  }
}
