package dev.keizoku.eval.judge;

import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.api.ChatEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;

/** Asks about every pair in both orders, some at a time. */
public final class Judge {
  private final ChatEndpoint endpoint;
  private final Rubric rubric;
  private final int atOnce;

  /**
   * @param atOnce questions on their way at a time
   */
  public Judge(ChatEndpoint endpoint, Rubric rubric, int atOnce) {
    this.endpoint = endpoint;
    this.rubric = rubric;
    this.atOnce = atOnce;
  }

  /**
   * Asks what is not kept yet, and keeps each answer as it comes: a judge that is stopped goes on
   * where it was. What was unscored is asked again.
   *
   * @return the judgements of all pairs in order, two each, of which the order shown first is drawn
   *     by the pair
   * @throws RunFault when the endpoint refuses all questions
   */
  public List<Judgement> all(List<AnswerPair> pairs, KeptJudgements kept)
      throws InterruptedException {
    var works = new ArrayList<Callable<Void>>();
    for (var pair : pairs) {
      boolean first = rubric.key(pair, true).compareTo(rubric.key(pair, false)) < 0;
      for (boolean baseFirst : new boolean[] {first, !first}) {
        if (!kept.has(rubric.key(pair, baseFirst))) {
          works.add(
              () -> {
                kept.add(one(pair, baseFirst));
                return null;
              });
        }
      }
    }
    run(works);
    var judgements = new ArrayList<Judgement>();
    for (var pair : pairs) {
      judgements.add(kept.get(rubric.key(pair, true)));
      judgements.add(kept.get(rubric.key(pair, false)));
    }
    return judgements;
  }

  private Judgement one(AnswerPair pair, boolean baseFirst) throws InterruptedException {
    var answer = endpoint.ask(rubric.system(), rubric.question(pair, baseFirst));
    var verdict = answer.text() == null ? Verdict.UNSCORED : Rubric.read(answer.text(), baseFirst);
    var fault = answer.fault();
    if (fault == null && verdict == Verdict.UNSCORED) {
      fault = "it names none of [[A]], [[B]], [[C]]";
    }
    return new Judgement(
        rubric.key(pair, baseFirst),
        pair.task(),
        pair.question(),
        baseFirst,
        verdict,
        answer.text(),
        fault);
  }

  private void run(List<Callable<Void>> works) throws InterruptedException {
    var threads = Executors.newFixedThreadPool(atOnce);
    try {
      var running = new ExecutorCompletionService<Void>(threads);
      works.forEach(running::submit);
      for (int i = 0; i < works.size(); i++) {
        running.take().get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException own
          ? own
          : new IllegalStateException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }
}
