package dev.keizoku.eval.result;

import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.eval.request.TaskRequests;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * All that came out of a run; every file is a view of it.
 *
 * @param run what was asked for
 * @param tasks the requests
 * @param base the base model's scores
 * @param candidates the candidates' scores, in the run's order
 * @param comparisons the table
 * @param answers generated texts; empty when none were asked for
 * @param started when
 * @param finished when
 */
public record Evaluation(
    EvalRun run,
    List<TaskRequests> tasks,
    ModelScores base,
    List<ModelScores> candidates,
    Comparisons comparisons,
    List<Answers> answers,
    Instant started,
    Instant finished) {

  /** The base model and then the candidates. */
  public List<ModelScores> models() {
    var models = new ArrayList<ModelScores>();
    models.add(base);
    models.addAll(candidates);
    return models;
  }
}
