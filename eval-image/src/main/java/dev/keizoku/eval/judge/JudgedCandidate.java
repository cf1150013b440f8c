package dev.keizoku.eval.judge;

import dev.keizoku.contract.result.EvalResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the judge says of a candidate.
 *
 * @param name the candidate's
 * @param judgements two a pair, side by side, in the order of the tasks
 */
public record JudgedCandidate(String name, List<Judgement> judgements) {

  /** All tasks together. */
  public JudgeSummary summary() {
    return JudgeSummary.of(judgements);
  }

  /** The same as a row of the result. */
  public EvalResult.Judged forStatus() {
    var of = summary();
    return new EvalResult.Judged(
        name,
        of.pairs(),
        of.won(),
        of.lost(),
        of.ties(),
        of.unscored(),
        of.agreed(),
        Math.round(of.p() * 1e6) / 1e6);
  }

  /** Each task by its name in result files. */
  public Map<String, JudgeSummary> byTask() {
    var byTask = new LinkedHashMap<String, List<Judgement>>();
    judgements.forEach(of -> byTask.computeIfAbsent(of.task(), t -> new ArrayList<>()).add(of));
    var summaries = new LinkedHashMap<String, JudgeSummary>();
    byTask.forEach((task, of) -> summaries.put(task, JudgeSummary.of(of)));
    return summaries;
  }
}
