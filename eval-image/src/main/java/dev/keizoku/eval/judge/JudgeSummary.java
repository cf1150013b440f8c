package dev.keizoku.eval.judge;

import dev.keizoku.eval.stats.McNemar;
import java.util.List;

/**
 * What a judge says of a task.
 *
 * @param pairs questions
 * @param won of which the candidate is better in both orders
 * @param lost of which the base model is better in both orders
 * @param ties of which neither is, the orders disagree, or both answers are the same
 * @param same of which both answers are word for word the same; nobody was asked
 * @param unscored of which at least one order has no readable answer
 * @param agreed of the asked and scored, how many got the same answer in both orders
 * @param first answers that prefer what was shown first
 * @param decided answers that prefer either
 */
public record JudgeSummary(
    int pairs,
    int won,
    int lost,
    int ties,
    int same,
    int unscored,
    int agreed,
    int first,
    int decided) {

  /**
   * Counts.
   *
   * @param judgements two a pair, side by side
   */
  public static JudgeSummary of(List<Judgement> judgements) {
    int won = 0;
    int lost = 0;
    int equal = 0;
    int unscored = 0;
    int agreed = 0;
    int first = 0;
    int decided = 0;
    for (int i = 0; i < judgements.size(); i += 2) {
      var one = judgements.get(i);
      var other = judgements.get(i + 1);
      for (var judgement : List.of(one, other)) {
        boolean prefers =
            judgement.verdict() == Verdict.BASE || judgement.verdict() == Verdict.CANDIDATE;
        decided += prefers ? 1 : 0;
        first += prefers && judgement.baseFirst() == (judgement.verdict() == Verdict.BASE) ? 1 : 0;
      }
      equal += one.verdict() == Verdict.SAME ? 1 : 0;
      boolean missing = one.verdict() == Verdict.UNSCORED || other.verdict() == Verdict.UNSCORED;
      boolean same = !missing && one.verdict() == other.verdict() && one.verdict() != Verdict.SAME;
      unscored += missing ? 1 : 0;
      agreed += same ? 1 : 0;
      won += same && one.verdict() == Verdict.CANDIDATE ? 1 : 0;
      lost += same && one.verdict() == Verdict.BASE ? 1 : 0;
    }
    int pairs = judgements.size() / 2;
    int ties = pairs - unscored - won - lost;
    return new JudgeSummary(pairs, won, lost, ties, equal, unscored, agreed, first, decided);
  }

  /** Questions of which the judge was asked in both orders, and answered. */
  public int scored() {
    return pairs - unscored - same;
  }

  /** McNemar's exact test of won against lost. */
  public double p() {
    return McNemar.exact(won, lost);
  }
}
