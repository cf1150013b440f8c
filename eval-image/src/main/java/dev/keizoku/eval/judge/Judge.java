package dev.keizoku.eval.judge;

import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.api.Asking;
import dev.keizoku.eval.api.ChatEndpoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Asks about every pair in both orders, some at a time. */
public final class Judge {
  /** Questions without any answer, one after another, after which no more are asked. */
  static final int MOST_AWAY = 20;

  private static final String NOT_ASKED =
      "not asked: the endpoint had not answered " + MOST_AWAY + " questions in a row";

  private final ChatEndpoint endpoint;
  private final Rubric rubric;
  private final int atOnce;
  private final AtomicInteger away = new AtomicInteger();

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
   * where it was. What was unscored is asked again. Of answers that are the same nobody is asked.
   * An endpoint that answers nothing for long is left: what was not asked is unscored.
   *
   * @param answered is told how many answers have come in this call, with each of them
   * @param stop is run now and then; may throw to stop it
   * @return the judgements of all pairs in order, two each, of which the order shown first is drawn
   *     by the pair
   * @throws RunFault when the endpoint refuses all questions
   */
  public List<Judgement> all(
      List<AnswerPair> pairs, KeptJudgements kept, IntConsumer answered, Runnable stop)
      throws InterruptedException {
    Asking.all(List.copyOf(open(pairs, kept).values()), atOnce, answered, stop);
    var judgements = new ArrayList<Judgement>();
    for (var pair : pairs) {
      for (boolean baseFirst : new boolean[] {true, false}) {
        judgements.add(
            pair.same()
                ? Judgement.same(rubric.key(pair, baseFirst), pair, baseFirst)
                : kept.get(rubric.key(pair, baseFirst)).of(pair, baseFirst));
      }
    }
    return judgements;
  }

  /** How many questions are still to be asked. */
  public int left(List<AnswerPair> pairs, KeptJudgements kept) {
    return open(pairs, kept).size();
  }

  private Map<String, Callable<Void>> open(List<AnswerPair> pairs, KeptJudgements kept) {
    var works = new LinkedHashMap<String, Callable<Void>>();
    for (var pair : pairs) {
      boolean first = rubric.key(pair, true).compareTo(rubric.key(pair, false)) < 0;
      for (boolean baseFirst : new boolean[] {first, !first}) {
        var key = rubric.key(pair, baseFirst);
        if (!pair.same() && !kept.has(key)) {
          works.put(
              key,
              () -> {
                ask(key, pair, baseFirst, kept);
                return null;
              });
        }
      }
    }
    return works;
  }

  private void ask(String key, AnswerPair pair, boolean baseFirst, KeptJudgements kept)
      throws InterruptedException {
    if (away.get() >= MOST_AWAY) {
      kept.put(Judgement.unscored(key, pair, baseFirst, NOT_ASKED));
      return;
    }
    var answer = endpoint.ask(rubric.system(), rubric.question(pair, baseFirst));
    away.updateAndGet(count -> answer.away() ? count + 1 : 0);
    kept.add(
        answer.text() == null
            ? Judgement.unscored(key, pair, baseFirst, answer.fault())
            : Judgement.said(key, pair, baseFirst, answer.text()));
  }
}
