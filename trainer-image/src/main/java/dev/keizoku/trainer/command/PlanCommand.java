package dev.keizoku.trainer.command;

import dev.keizoku.contract.bytes.Json;
import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.contract.run.StorageSpec;
import dev.keizoku.contract.train.Parallelism;
import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.llm.config.ModelLayout;
import dev.keizoku.program.Program;
import dev.keizoku.program.RunFile;
import dev.keizoku.program.TerminationLog;
import dev.keizoku.program.device.DeviceKind;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.trainer.loop.Calibration;
import dev.keizoku.trainer.loop.Machine;
import dev.keizoku.trainer.loop.RunOutline;
import dev.keizoku.trainer.plan.PlanSummary;
import dev.keizoku.trainer.plan.PlanText;
import dev.keizoku.trainer.plan.Planner;
import dev.keizoku.trainer.plan.TrainingPlan;
import dev.keizoku.trainer.plan.Trial;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code trainer plan RUN.yaml}: prints the plan of a run; exits 42 when it cannot be or does not
 * fit. In a pod the plan goes into the final report too, also that of a run that is refused.
 */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = "Prints memory a device, steps, tokens and hours of a run, without starting it.")
public final class PlanCommand implements Callable<Integer> {
  private static final String CPU = "cpu";

  @Parameters(paramLabel = "RUN.yaml", description = "The run file.")
  Path runFile;

  @Option(
      names = "--config",
      description = "A local config.json. Default: the run's own, or the base model's.")
  Path config;

  @Option(
      names = "--tokens",
      description =
          "Tokens of one epoch; only together with --config. Default: what the corpora's manifests"
              + " say.")
  Long tokens;

  @Option(
      names = "--device",
      description =
          "Kind of GPU, for instance A100-80GB, or cpu. Default: none, nothing is refused.")
  String device;

  @Option(
      names = "--gpu-product",
      description = "The same by a node's label nvidia.com/gpu.product; may be one not known.")
  String gpuProduct;

  @Option(
      names = "--pod-memory",
      description =
          "Memory limit of the pod in bytes: for CPU ranks, and for what is offloaded. Default:"
              + " none.")
  Long podMemory;

  @Option(
      names = "--calibrate",
      description =
          "This machine is the one: time the run's step here with one and with two of its layers.")
  boolean calibrate;

  @Option(
      names = "--tokens-per-second",
      description = "Measured speed of all devices together. Default: assumed from the device.")
  Double tokensPerSecond;

  @Mixin TerminationLog terminationLog;

  @Spec CommandSpec spec;

  private final Function<StorageSpec, ObjectStore> stores;
  private final Machine machine;

  /**
   * @param stores opens the store of a run
   * @param machine where {@code --calibrate} measures
   */
  public PlanCommand(Function<StorageSpec, ObjectStore> stores, Machine machine) {
    this.stores = stores;
    this.machine = machine;
  }

  @Override
  public Integer call() {
    TrainRun run = null;
    TrainingPlan plan = null;
    try {
      run = RunFile.read(runFile, TrainRun.class);
      plan = plan(run);
      spec.commandLine().getOut().print(PlanText.of(plan));
      spec.commandLine().getOut().flush();
      plan.requireFit();
      return end(ExitCode.DONE, run, Reason.PLANNED, PlanSummary.of(plan).summary(), plan);
    } catch (RunFault fault) {
      spec.commandLine().getErr().println(fault.reason().word() + ": " + fault.getMessage());
      return end(fault.exitCode(), run, fault.reason(), fault.getMessage(), plan);
    } catch (RuntimeException e) {
      return end(ExitCode.TRY_AGAIN, run, Reason.UNEXPECTED_FAULT, Program.unexpected(e), plan);
    }
  }

  private int end(ExitCode code, TrainRun run, Reason reason, String message, TrainingPlan plan) {
    var uid = run == null ? null : run.runUid();
    var result = plan == null ? null : PlanSummary.of(plan);
    terminationLog.write(FinalReport.of(uid, reason, message).withPlan(result));
    return code.code();
  }

  private TrainingPlan plan(TrainRun asked) {
    var run = settled(asked);
    var planner =
        new Planner(kind(), Optional.ofNullable(podMemory), Optional.ofNullable(tokensPerSecond));
    var outline = outline(run);
    Optional<Trial> here =
        calibrate
            ? Optional.of(new Calibration(run, outline.configJson(), machine, System::nanoTime))
            : Optional.empty();
    var plan = planner.plan(run, ModelLayout.of(outline.config()), outline.stepsPerEpoch(), here);
    return plan.seeing(outline.passes(run, plan.length().steps()), outline.tokensPerStep(run))
        .reading(outline.reads());
  }

  private Optional<DeviceKind> kind() {
    return Optional.ofNullable(device)
        .filter(name -> !CPU.equalsIgnoreCase(name))
        .map(DeviceKind::named)
        .or(() -> Optional.ofNullable(gpuProduct).flatMap(DeviceKind::ofProduct));
  }

  private TrainRun settled(TrainRun run) {
    if (run.parallelism() == null) {
      return run;
    }
    if (CPU.equalsIgnoreCase(device)) {
      return run.on(Parallelism.DeviceType.CPU);
    }
    return calibrate ? machine.settle(run) : run;
  }

  @SuppressWarnings("unchecked")
  private RunOutline outline(TrainRun run) {
    try (var store = stores.apply(run.storage())) {
      if (config == null) {
        return RunOutline.read(run, store);
      }
      var uri = StoreUri.of(config);
      Map<String, Object> json = Json.read(store.read(uri), LinkedHashMap.class, uri.toString());
      return tokens == null ? RunOutline.read(run, store, json) : RunOutline.of(run, tokens, json);
    }
  }
}
