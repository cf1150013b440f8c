package dev.keizoku.eval.score;

import dev.keizoku.llm.generate.LogProbabilities;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/** Adds up log-probabilities of tokens to log-likelihoods of choices; for many threads. */
final class ScoreTally {
  private final double[][] logLikelihoods;
  private final boolean[][] greedy;
  private final IntConsumer progress;
  private final IntFunction<? extends RuntimeException> fault;
  private int choicesDone;
  private boolean abandoned;

  /**
   * @param choices of each question, or windows of each document
   * @param progress is told how many choices are done
   * @param fault what is thrown for a question whose log-probabilities are no numbers
   */
  ScoreTally(int[] choices, IntConsumer progress, IntFunction<? extends RuntimeException> fault) {
    this.progress = progress;
    this.fault = fault;
    logLikelihoods = new double[choices.length][];
    greedy = new boolean[choices.length][];
    for (int i = 0; i < choices.length; i++) {
      logLikelihoods[i] = new double[choices[i]];
      greedy[i] = new boolean[choices[i]];
      Arrays.fill(greedy[i], true);
    }
  }

  /**
   * Takes the predictions of a step. The tokens of a choice come in order, whatever other threads
   * do, as they are all on one lane; so the sums are the same on every run.
   *
   * @param firstRow row of the step's first queried position
   */
  void add(ScoringStep step, LogProbabilities predictions, int firstRow) {
    int[] rows = step.queriedRows();
    var likeliest = new int[rows.length];
    Arrays.setAll(likeliest, i -> predictions.likeliest(firstRow + i));
    synchronized (this) {
      for (var query : step.queries()) {
        int i = Arrays.binarySearch(rows, query.row());
        float logProbability = predictions.of(firstRow + i, query.token());
        if (!Float.isFinite(logProbability)) {
          throw fault.apply(query.request());
        }
        logLikelihoods[query.request()][query.choice()] += logProbability;
        greedy[query.request()][query.choice()] &= likeliest[i] == query.token();
        choicesDone += query.last() ? 1 : 0;
      }
    }
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
    progress.accept(choicesDone);
  }

  /** Makes the other threads leave too. */
  synchronized void abandon() {
    abandoned = true;
  }

  /**
   * What was added up.
   *
   * @param cut questions that lost their beginning
   */
  ChoiceScores scores(int cut) {
    return new ChoiceScores(logLikelihoods, greedy, cut);
  }
}
