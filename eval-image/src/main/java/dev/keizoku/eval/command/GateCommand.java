package dev.keizoku.eval.command;

import dev.keizoku.contract.eval.Gate;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.setting.Check;
import dev.keizoku.contract.words.Language;
import dev.keizoku.eval.report.Reading;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code eval gate BASE CANDIDATE...}. */
@Command(
    name = "gate",
    mixinStandardHelpOptions = true,
    description = {
      "Says whether candidates pass a gate, by the samples that their runs have kept: the same as"
          + " spec.gate of a BenchmarkEval.",
      "Exit codes: 0 PASS, 1 BLOCK, 3 INCONCLUSIVE, 42 you must change something."
    })
public final class GateCommand implements Callable<Integer> {
  private static final int BLOCK = 1;
  private static final int INCONCLUSIVE = 3;

  @Spec private CommandSpec spec;

  @Mixin private KeptModels kept;

  @Option(
      names = "--min-delta",
      description = "What the overall gain must lie above with its lower end (default 0).")
  private Double minDelta;

  @Option(
      names = "--alpha",
      description = "Chance that a candidate that is no better passes (default 0.05).")
  private Double alpha;

  @Option(
      names = "--max-task-regression",
      description = "What no task may lose, asked of the lower end (default no limit).")
  private Double maxTaskRegression;

  @Option(
      names = "--max-general-regression",
      description =
          "The same of what a model may forget, all such tasks together (default no limit).")
  private Double maxGeneralRegression;

  @Override
  public Integer call() {
    var gate = new Gate(minDelta, alpha, maxTaskRegression, maxGeneralRegression, null, null);
    Check.require(gate);
    var rows = kept.compare(gate.alpha());
    if (!kept.leftOut().isEmpty()) {
      throw RunFault.userError(
          Reason.UNKNOWN_TASK,
          "Nothing is judged by a part of what the base model did: %s is not there of every candidate, or not by the same metric; give the samples of all models on the same tasks."
              .formatted(String.join(", ", kept.leftOut())));
    }
    var verdict =
        new Reading(kept.confidence(), kept.margin(), gate, Reading.words(Language.EN))
            .verdict(rows);
    var out = spec.commandLine().getOut();
    out.println(verdict.outcome() + "  " + verdict.sentence());
    out.flush();
    return switch (verdict.outcome()) {
      case PASS -> 0;
      case BLOCK -> BLOCK;
      case INCONCLUSIVE -> INCONCLUSIVE;
    };
  }
}
