package dev.keizoku.eval.plan;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.items.ModelKey;
import dev.keizoku.eval.remote.RemoteReader;
import dev.keizoku.eval.request.ChatForm;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.request.TaskTokens;
import dev.keizoku.eval.score.ScoredModel;
import dev.keizoku.storage.ObjectStore;
import java.util.List;
import java.util.stream.IntStream;

/** What is different of a candidate whose weights are not at hand. */
final class BehindEndpoint {
  private static final String API = "api";

  private BehindEndpoint() {}

  /**
   * What such candidates are asked: the same, what they answer in words in turns; empty where there
   * are none.
   *
   * @param tasks as the others are asked
   */
  static List<TaskRequests> requests(EvalRun run, ObjectStore store, List<TaskRequests> tasks) {
    if (run.candidates().stream().allMatch(candidate -> candidate.api() == null)) {
      return List.of();
    }
    var turns = RunRequests.of(run, store, ChatForm.turns(run));
    return IntStream.range(0, tasks.size())
        .mapToObj(i -> (tasks.get(i).written() ? turns : tasks).get(i))
        .toList();
  }

  /**
   * Which model it is, and whether it can be asked.
   *
   * @throws RunFault user errors {@code RunFileInvalid}, {@code QuestionDoesNotFit}, and those of
   *     its tokenizer
   */
  static ScoredModel checked(
      EvalRun run, EvalRun.Model model, List<TaskRequests> tasks, ObjectStore store) {
    if (model.api().completions() == null) {
      requireWritten(model, tasks);
      return identity(model, "");
    }
    try (var reader = RemoteReader.open(run, model, store)) {
      tasks.stream()
          .filter(task -> !task.written())
          .forEach(task -> TaskTokens.of(task, reader.reader()));
      return identity(model, " " + reader.identity());
    }
  }

  /** Its address and name: what stands behind them may change, which nobody can see. */
  private static ScoredModel identity(EvalRun.Model model, String reader) {
    var settings = model.api().settings();
    var place = settings.endpoint() + " " + settings.model();
    var digest = Digests.sha256(API + " " + place + reader);
    return new ScoredModel(model.name(), place, digest);
  }

  static ModelKey key(EvalRun run, EvalRun.Model model, ScoredModel identity) {
    var bos = model.api().completions() == null ? null : run.passes().addBosToken();
    return ModelKey.of(identity.sha256(), API, bos, API);
  }

  private static void requireWritten(EvalRun.Model model, List<TaskRequests> tasks) {
    for (var task : tasks) {
      if (!task.written()) {
        throw RunFault.userError(
            Reason.RUN_FILE_INVALID,
            "%s lies behind an endpoint, which writes answers and tells no log-likelihoods: %s cannot be asked there. Leave it out (and perplexity), set completions if the endpoint serves them with echo and logprobs, or give the model's weights."
                .formatted(model.name(), task.name()));
      }
    }
  }
}
