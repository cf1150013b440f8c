package dev.keizoku.eval.plan;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.items.ModelKey;
import dev.keizoku.eval.request.ChatForm;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.score.ScoredModel;
import dev.keizoku.storage.ObjectStore;
import java.util.List;

/** What is different of a candidate whose weights are not at hand. */
final class BehindEndpoint {
  private static final String API = "api";

  private BehindEndpoint() {}

  /** What such candidates are asked: the same in turns; empty where there are none. */
  static List<TaskRequests> requests(EvalRun run, ObjectStore store) {
    return run.candidates().stream().allMatch(candidate -> candidate.api() == null)
        ? List.of()
        : EvaluationPlan.requests(run, store, ChatForm.turns(run));
  }

  /** Its address and name: what stands behind them may change, which nobody can see. */
  static ScoredModel identity(EvalRun.Model model) {
    var settings = model.api().settings();
    var place = settings.endpoint() + " " + settings.model();
    var digest = Digests.sha256(API + " " + place);
    return new ScoredModel(model.name(), place, digest);
  }

  static ModelKey key(ScoredModel identity) {
    return ModelKey.of(identity.sha256(), API, null, API);
  }

  /**
   * Refuses what cannot be asked there.
   *
   * @throws RunFault user error {@code RunFileInvalid}
   */
  static void check(EvalRun.Model model, List<TaskRequests> tasks) {
    for (var task : tasks) {
      if (!task.written()) {
        throw RunFault.userError(
            Reason.RUN_FILE_INVALID,
            "%s lies behind an endpoint, which writes answers and tells no log-likelihoods: %s cannot be asked there. Leave it out (and perplexity), or give the model's weights."
                .formatted(model.name(), task.name()));
      }
    }
  }
}
