package dev.keizoku.eval.run;

import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.contract.eval.Questions;
import dev.keizoku.contract.run.Seed;
import dev.keizoku.storage.StoreUri;
import java.nio.file.Path;
import java.util.List;

/** Runs of a base model and a candidate. */
final class TwoModels {
  private TwoModels() {}

  /** The run of some tasks. */
  static EvalRun run(
      Path output, Path base, Path tuned, List<Questions.Task> tasks, EvalRun.Passes passes) {
    return new EvalRun(
        "uid",
        "finance/eval",
        null,
        StoreUri.of(output).toString(),
        new EvalRun.Model("base", StoreUri.of(base).toString(), null),
        List.of(new EvalRun.Model("tuned", StoreUri.of(tuned).toString(), null)),
        new Questions(tasks, null, null, null),
        null,
        new EvalRun.Bootstrap(100, 0.95, null),
        null,
        null,
        null,
        passes,
        new Seed(7L),
        null);
  }
}
