package dev.keizoku.eval.command;

import ai.djl.Device;
import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.result.EvalPlan;
import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.contract.run.StorageSpec;
import dev.keizoku.eval.plan.EvaluationPlan;
import dev.keizoku.eval.plan.Fit;
import dev.keizoku.eval.plan.PlanSummary;
import dev.keizoku.eval.plan.PlannedModel;
import dev.keizoku.eval.plan.SpeedTrial;
import dev.keizoku.eval.score.DeviceRoom;
import dev.keizoku.eval.score.ModelNeeds;
import dev.keizoku.llm.weights.ModelFolder;
import dev.keizoku.program.Program;
import dev.keizoku.program.ProgressBoard;
import dev.keizoku.program.RunContext;
import dev.keizoku.program.RunFile;
import dev.keizoku.program.StopSignal;
import dev.keizoku.program.TerminationLog;
import dev.keizoku.program.device.DeviceKind;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code eval plan RUN.yaml}: prints the plan of a run; exits 42 when it cannot be or does not fit.
 * In a pod the plan goes into the final report too, also that of a run that is refused.
 */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = {
      "Prints what a run asks, takes and can show: questions left to ask, tokens to feed, memory"
          + " and",
      "hours of each model, and the smallest difference that each task will find, without reading"
          + " a",
      "weight. Exits 42 when a model does not fit."
    })
public final class PlanCommand implements Callable<Integer> {
  private static final long GIB = 1L << 30;

  @Parameters(paramLabel = "RUN.yaml", description = "The run file.")
  private Path runFile;

  @Option(
      names = "--device-memory",
      paramLabel = "GIB",
      description =
          "Memory that a device has for tensors. Default: what this machine has; of GPUs that of"
              + " --gpu-product, else none, and nothing is refused.")
  private Double deviceMemory;

  @Option(
      names = "--gpu-product",
      description =
          "The GPUs that will score, by a node's label nvidia.com/gpu.product; one that is not known"
              + " leaves their memory open.")
  private String gpuProduct;

  @Option(
      names = "--pod-memory",
      paramLabel = "BYTES",
      description = "Memory limit of the pod that will score on its processors.")
  private Long podMemory;

  @Option(
      names = "--calibrate",
      description = "This machine is the one: time a pass here with one and with two layers.")
  private boolean calibrate;

  @Option(
      names = "--tokens-per-second",
      description = "Speed of all devices together as somebody measured it. Default: no hours.")
  private Double tokensPerSecond;

  @Mixin private TerminationLog terminationLog;

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
    EvalRun run = null;
    EvalPlan told = null;
    try {
      run = RunFile.read(runFile, EvalRun.class);
      try (var store = stores.apply(run.storage())) {
        var plan = plan(run, store);
        told = new PlanSummary(plan, room(run), speed(plan, store), basis()).result();
        print(told);
        if (told.usableBytes() != null) {
          plan.requireRoom(told.usableBytes());
        }
      }
      return end(ExitCode.DONE, run, Reason.PLANNED, told.summary(), told);
    } catch (RunFault fault) {
      spec.commandLine().getErr().println(fault.reason().word() + ": " + fault.getMessage());
      return end(fault.exitCode(), run, fault.reason(), fault.getMessage(), told);
    } catch (RuntimeException e) {
      return end(ExitCode.TRY_AGAIN, run, Reason.UNEXPECTED_FAULT, Program.unexpected(e), told);
    }
  }

  private int end(ExitCode code, EvalRun run, Reason reason, String message, EvalPlan plan) {
    var uid = run == null ? null : run.runUid();
    terminationLog.write(FinalReport.of(uid, reason, message).withPlan(plan));
    return code.code();
  }

  private static EvaluationPlan plan(EvalRun run, ObjectStore store) {
    var board =
        new ProgressBoard("plan", "keizoku_eval", new SimpleMeterRegistry(), Clock.systemUTC());
    var context = new RunContext(board, new StopSignal(), Path.of("."));
    var devices =
        onGpus(run)
            ? Collections.nCopies(run.passes().devices(), Device.gpu())
            : List.of(Device.cpu());
    return EvaluationPlan.unread(run, store, type -> devices, context);
  }

  /** Outside of a cluster a run without a number is planned for the processors. */
  private static boolean onGpus(EvalRun run) {
    var asked = run.passes().devices();
    return asked != null && asked > 0;
  }

  private Long room(EvalRun run) {
    if (deviceMemory != null) {
      return (long) (deviceMemory * GIB);
    }
    if (onGpus(run)) {
      return Optional.ofNullable(gpuProduct)
          .flatMap(DeviceKind::ofProduct)
          .map(kind -> DeviceRoom.ofGpu(kind.memoryMiB() << 20))
          .orElse(null);
    }
    return podMemory == null ? DeviceRoom.bytes(Device.cpu()) : DeviceRoom.ofPod(podMemory);
  }

  private Function<PlannedModel, OptionalDouble> speed(EvaluationPlan plan, ObjectStore store) {
    if (tokensPerSecond != null) {
      return model -> OptionalDouble.of(model.needs().tokens() / tokensPerSecond);
    }
    if (!calibrate || onGpus(plan.run())) {
      return model -> OptionalDouble.empty();
    }
    var trial = new SpeedTrial(plan.type(), plan.placement().threads(), System::nanoTime);
    var tried = new HashMap<ModelNeeds, OptionalDouble>();
    return model ->
        tried.computeIfAbsent(
            model.needs(),
            needs -> {
              var uri = StoreUri.parse(model.model().uri());
              var folder = ModelFolder.open(store, uri, model.model().sha256());
              return trial.seconds(folder.configJson(), needs);
            });
  }

  private String basis() {
    return tokensPerSecond != null ? "the speed that was given" : SpeedTrial.BASIS;
  }

  private void print(EvalPlan plan) {
    var out = spec.commandLine().getOut();
    for (var model : plan.models()) {
      out.printf(
          Locale.ROOT,
          "%-16s %,d of %,d questions to ask (the others are known or repeat one), %,d tokens to"
              + " feed in %s, needs %s%s GiB%s%s%n",
          model.name(),
          model.questions(),
          model.questions() + model.known(),
          model.tokens(),
          plan.dtype(),
          Fit.gib(model.bytes()),
          plan.usableBytes() == null ? "" : " of " + Fit.gib(plan.usableBytes()),
          model.spread() ? " of each of %d devices".formatted(model.devices()) : "",
          model.hours() == null ? "" : String.format(Locale.ROOT, ", %.2f hours", model.hours()));
    }
    for (var task : plan.tasks()) {
      out.printf(
          Locale.ROOT,
          "%-16s %,d independent questions will show a difference of %.4f%n",
          task.name(),
          task.questions(),
          task.detectable());
    }
    out.flush();
  }
}
