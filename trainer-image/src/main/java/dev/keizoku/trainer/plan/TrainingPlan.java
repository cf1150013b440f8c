package dev.keizoku.trainer.plan;

import dev.keizoku.contract.RunFault;
import dev.keizoku.contract.TrainRun;
import dev.keizoku.llm.model.ModelLayout;
import java.util.ArrayList;
import java.util.Optional;

/**
 * All that is known of a run before it starts.
 *
 * @param run the run
 * @param layout its model
 * @param setting its choices
 * @param memory what a rank needs
 * @param length steps and tokens
 * @param device the kind of accelerator; empty when not named
 * @param speed empty when neither a device nor a speed is known
 */
public record TrainingPlan(
    TrainRun run,
    ModelLayout layout,
    Setting setting,
    MemoryPlan memory,
    RunLength length,
    Optional<DeviceKind> device,
    Optional<Speed> speed) {

  /**
   * Plans a run.
   *
   * @param stepsPerEpoch not a whole number in general; looked at only when epochs are set
   * @param measuredTokensPerSecond of all devices together; empty takes the device's assumption
   */
  public static TrainingPlan of(
      TrainRun run,
      ModelLayout layout,
      double stepsPerEpoch,
      Optional<DeviceKind> device,
      Optional<Double> measuredTokensPerSecond) {
    var setting = Setting.of(run);
    return new TrainingPlan(
        run,
        layout,
        setting,
        MemoryPlan.of(layout, setting),
        RunLength.of(run, stepsPerEpoch),
        device,
        measuredTokensPerSecond
            .map(Speed::measured)
            .or(() -> device.map(kind -> Speed.assumed(layout, setting, kind))));
  }

  /**
   * Refuses a run that does not fit.
   *
   * @throws RunFault user error {@code TooLittleMemory} that names the setting which would fit
   */
  public void requireFit() {
    device.ifPresent(kind -> requireFit(kind.usableBytes(), kind.name()));
  }

  /**
   * The same for a device that is at hand.
   *
   * @param usableBytes what a rank may use
   * @param name of the device, for the sentence
   */
  public void requireFit(long usableBytes, String name) {
    if (memory.deviceBytes() <= usableBytes) {
      return;
    }
    var fit = new Fit(layout, run.training().globalBatchSize(), usableBytes);
    var advice =
        fit.propose(setting)
            .map(this::changes)
            .orElseGet(
                () ->
                    fit.devices(setting).stream()
                        .mapToObj("no setting fits on so few; take %d devices"::formatted)
                        .findFirst()
                        .orElse("no number of such devices suffices; shorten sequenceLength"));
    throw RunFault.userError(
        "TooLittleMemory",
        "The run needs %s GiB a device and %s has %s; %s."
            .formatted(
                PlanText.gib(memory.deviceBytes()), name, PlanText.gib(usableBytes), advice));
  }

  private String changes(Setting to) {
    var changes = new ArrayList<String>();
    if (to.zeroStage() != setting.zeroStage()) {
      changes.add("parallelism.zeroStage: " + to.zeroStage());
    }
    if (to.activationCheckpointing() != setting.activationCheckpointing()) {
      changes.add("parallelism.activationCheckpointing: true");
    }
    if (to.microBatchSize() != setting.microBatchSize()) {
      changes.add("training.microBatchSize: " + to.microBatchSize());
    }
    if (to.offloadOptimizer() != setting.offloadOptimizer()) {
      changes.add("parallelism.offloadOptimizer: true");
    }
    return "it fits with %s (%s GiB)"
        .formatted(
            String.join(", ", changes), PlanText.gib(MemoryPlan.of(layout, to).deviceBytes()));
  }
}
