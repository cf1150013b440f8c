package dev.keizoku.eval.command;

import ai.djl.Device;
import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.run.StorageSpec;
import dev.keizoku.eval.plan.EvaluationPlan;
import dev.keizoku.eval.plan.Fit;
import dev.keizoku.eval.plan.PlannedModel;
import dev.keizoku.eval.score.DeviceRoom;
import dev.keizoku.program.ProgressBoard;
import dev.keizoku.program.RunContext;
import dev.keizoku.program.RunFile;
import dev.keizoku.program.StopSignal;
import dev.keizoku.storage.ObjectStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code eval plan RUN.yaml}. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = {
      "Prints what a run asks and what it takes: questions left to ask, tokens to feed, memory and",
      "hours of each model, without reading a weight. Exits 42 when a model does not fit."
    })
public final class PlanCommand implements Callable<Integer> {
  private static final long GIB = 1L << 30;
  private static final double SECONDS = 3600;

  @Parameters(paramLabel = "RUN.yaml", description = "The run file.")
  private Path runFile;

  @Option(
      names = "--device-memory",
      paramLabel = "GIB",
      description = "Memory that a device has for tensors. Default: what this machine has.")
  private Double deviceMemory;

  @Option(
      names = "--tokens-per-second",
      description = "Speed of all devices together as somebody measured it. Default: no hours.")
  private Double tokensPerSecond;

  @Spec private CommandSpec spec;

  private final Function<StorageSpec, ObjectStore> stores;

  /**
   * @param stores opens the store of a run
   */
  public PlanCommand(Function<StorageSpec, ObjectStore> stores) {
    this.stores = stores;
  }

  @Override
  public Integer call() {
    var run = RunFile.read(runFile, EvalRun.class);
    var board =
        new ProgressBoard("plan", "keizoku_eval", new SimpleMeterRegistry(), Clock.systemUTC());
    var context = new RunContext(board, new StopSignal(), Path.of("."));
    try (var store = stores.apply(run.storage())) {
      var plan = EvaluationPlan.of(run, store, type -> List.of(Device.cpu()), context);
      var room =
          deviceMemory == null ? DeviceRoom.bytes(Device.cpu()) : (long) (deviceMemory * GIB);
      plan.models().forEach(model -> print(plan, model, room));
      spec.commandLine().getOut().flush();
      plan.requireRoom(room);
    }
    return ExitCode.DONE.code();
  }

  private void print(EvaluationPlan plan, PlannedModel model, long room) {
    long all = plan.tasks().stream().mapToLong(task -> task.requests().size()).sum();
    long open = model.tasks().stream().mapToLong(task -> task.open().requests().size()).sum();
    // Tokens are counted over all questions; of those that are left, their share.
    long tokens = all == 0 ? 0 : model.needs().tokens() * open / all;
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "%-16s %,d of %,d questions to ask (the others are known or repeat one), %,d tokens to feed in %s, needs %s of %s GiB%s%n",
            model.model().name(),
            open,
            all,
            tokens,
            plan.type().name().toLowerCase(Locale.ROOT),
            Fit.gib(plan.fit(model).bytes()),
            Fit.gib(room),
            tokensPerSecond == null
                ? ""
                : String.format(Locale.ROOT, ", %.2f hours", tokens / tokensPerSecond / SECONDS));
  }
}
