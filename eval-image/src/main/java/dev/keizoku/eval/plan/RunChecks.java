package dev.keizoku.eval.plan;

import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** What can be wrong with a run file before anything is read; a cluster's CRD says the same. */
final class RunChecks {
  private static final EvalRun.Bootstrap DEFAULT_BOOTSTRAP = new EvalRun.Bootstrap(2000, 0.95);
  private static final int DEFAULT_BATCH_TOKENS = 4096;

  private RunChecks() {}

  /**
   * The run with its defaults filled in.
   *
   * @throws RunFault exit 42 with the field and what may stand in it
   */
  static EvalRun checked(EvalRun run) {
    require(run.output() != null, "output is missing; give the URI of a folder for the results");
    require(
        run.base() != null, "base is missing; name the model that the others are compared with");
    require(
        run.candidates() != null && !run.candidates().isEmpty(),
        "candidates is empty; name at least one model to compare with base");
    require(
        run.tasks() != null && !run.tasks().isEmpty(),
        "tasks is empty; name at least one task (eval tasks lists them)");
    models(run);
    for (var task : run.tasks()) {
      require(
          task.limit() == null || task.limit() >= 1,
          "the limit of task " + task.name() + " must be 1 or more");
    }
    var bootstrap = run.bootstrap() == null ? DEFAULT_BOOTSTRAP : run.bootstrap();
    require(
        bootstrap.resamples() >= 100 && bootstrap.resamples() <= 100_000,
        "bootstrap.resamples must be 100 to 100000");
    require(
        bootstrap.confidence() >= 0.5 && bootstrap.confidence() <= 0.999,
        "bootstrap.confidence must be 0.5 to 0.999");
    require(run.batchTokens() >= 0, "batchTokens must be 1 or more");
    if (run.generation() != null) {
      generation(run.generation());
    }
    return new EvalRun(
        run.runUid(),
        run.name() == null ? "evaluation" : run.name(),
        run.storage(),
        run.output(),
        run.base(),
        run.candidates(),
        run.tasks(),
        bootstrap,
        run.generation(),
        run.batchTokens() == 0 ? DEFAULT_BATCH_TOKENS : run.batchTokens(),
        run.seed());
  }

  private static void models(EvalRun run) {
    var models = new ArrayList<>(List.of(run.base()));
    models.addAll(run.candidates());
    var names = new HashSet<String>();
    for (var model : models) {
      require(
          model.name() != null && !model.name().isBlank() && model.uri() != null,
          "every model needs a name and a uri");
      require(
          names.add(model.name()),
          "two models are called " + model.name() + "; give each a name of its own");
    }
  }

  private static void generation(EvalRun.Generation generation) {
    require(
        generation.prompts() == null || generation.prompts().size() <= 50,
        "generation.prompts must hold 50 prompts at most");
    require(
        generation.maxNewTokens() >= 1 && generation.maxNewTokens() <= 1024,
        "generation.maxNewTokens must be 1 to 1024");
  }

  private static void require(boolean fine, String what) {
    if (!fine) {
      throw RunFault.userError(Reason.RUN_FILE_INVALID, "In the run file, " + what + ".");
    }
  }
}
