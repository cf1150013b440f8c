package dev.keizoku.trainer.plan;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.llm.config.ModelLayout;
import dev.keizoku.llm.config.ParameterUnit;
import dev.keizoku.trainer.optim.LearningRateSchedule;
import dev.keizoku.trainer.plan.memory.MemoryPlan;
import dev.keizoku.trainer.plan.memory.Setting;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;

/**
 * All that is known of a run before it starts.
 *
 * @param run the run
 * @param layout its model
 * @param setting its choices
 * @param memory what a rank needs
 * @param length steps and tokens
 * @param room what a rank has; empty when that is not known
 * @param hostBytes what all ranks together have in host memory; empty when that is not known
 * @param speed empty when it is not known
 * @param passes how often each corpus is seen, by name; empty when none was looked at
 * @param reads what is read before the first step
 */
public record TrainingPlan(
    TrainRun run,
    ModelLayout layout,
    Setting setting,
    MemoryPlan memory,
    RunLength length,
    Optional<Room> room,
    Optional<Long> hostBytes,
    Optional<Speed> speed,
    Map<String, Double> passes,
    Reads reads) {
  /** What a setting may need of what another one, for which there was no room, needs. */
  private static final double LEANER = 0.95;

  /** Of host memory; a plan is right to a tenth, and the program itself needs some. */
  private static final double HOST_SHARE = 0.8;

  private static final long CHECKPOINT_BYTES = 12;

  /**
   * The same, and what its corpora tell.
   *
   * @param corpora how often each is seen, by name
   * @param tokensPerStep where not every sequence is full; empty when that is not known
   */
  public TrainingPlan seeing(Map<String, Double> corpora, Optional<Long> tokensPerStep) {
    var counted = new RunLength(length.steps(), tokensPerStep.orElse(length.tokensPerStep()));
    return new TrainingPlan(
        run, layout, setting, memory, counted, room, hostBytes, speed, corpora, reads);
  }

  /** The same with what it reads before its first step. */
  public TrainingPlan reading(Reads inputs) {
    return new TrainingPlan(
        run, layout, setting, memory, length, room, hostBytes, speed, passes, inputs);
  }

  /** What is moved and kept. */
  public StoragePlan storage() {
    return StoragePlan.of(this);
  }

  /**
   * Plans a run.
   *
   * @param stepsPerEpoch not a whole number in general; looked at only when epochs are set
   * @param room what a rank has; empty refuses nothing
   * @param hostBytes what offloaded state has in host memory; empty refuses nothing
   * @param speed empty gives no hours
   */
  public static TrainingPlan of(
      TrainRun run,
      ModelLayout layout,
      double stepsPerEpoch,
      Optional<Room> room,
      Optional<Long> hostBytes,
      Optional<Speed> speed) {
    var setting = Setting.of(run);
    return new TrainingPlan(
        run,
        layout,
        setting,
        MemoryPlan.of(layout, setting),
        RunLength.of(run, stepsPerEpoch),
        room,
        hostBytes,
        speed,
        Map.of(),
        Reads.UNKNOWN);
  }

  /** The same with that speed. */
  public TrainingPlan with(Optional<Speed> other) {
    return new TrainingPlan(
        run, layout, setting, memory, length, room, hostBytes, other, passes, reads);
  }

  /** The learning rate of each step. */
  public LearningRateSchedule schedule() {
    return LearningRateSchedule.of(run.training(), length.steps());
  }

  /** Whether it fits; empty when the room is not known. */
  public Optional<Boolean> fits() {
    return offloaded() > hostBytes.orElse(Long.MAX_VALUE)
        ? Optional.of(false)
        : room.map(r -> memory.deviceBytes() <= r.usableBytes());
  }

  /**
   * Whether there is room in host memory for the copy of a checkpoint that is made while the
   * devices wait; else it goes to the scratch volume.
   */
  public boolean checkpointInMemory() {
    var taken = setting.cpuRanks() ? memory.deviceBytes() * setting.devices() : offloaded();
    return hostBytes.filter(has -> taken + checkpointBytes() <= HOST_SHARE * has).isPresent();
  }

  /** Bytes of a checkpoint: fp32 values and two moments of every parameter. */
  public long checkpointBytes() {
    return CHECKPOINT_BYTES * layout.units().stream().mapToLong(ParameterUnit::elements).sum();
  }

  /** Optimizer state of all ranks in host memory, in bytes. */
  long offloaded() {
    return memory.hostBytes() * setting.devices();
  }

  /**
   * Refuses a run that does not fit.
   *
   * @throws RunFault user error {@code TooLittleMemory} that names the setting which would fit
   */
  public void requireFit() {
    if (fits().orElse(true)) {
      return;
    }
    if (offloaded() > hostBytes.orElse(Long.MAX_VALUE)) {
      throw RunFault.userError(
          Reason.TOO_LITTLE_MEMORY,
          ("The offloaded optimizer needs %s GiB of host memory and there are %s; raise"
                  + " podTemplate.resources.limits.memory to %dGi.")
              .formatted(
                  PlanText.gib(offloaded()),
                  PlanText.gib(hostBytes.orElseThrow()),
                  Room.podGib(offloaded())));
    }
    var had = room.orElseThrow();
    var fit = new Fit(layout, run.training().globalBatchSize(), had.usableBytes());
    var advice = fit.propose(setting).map(this::changes).orElseGet(() -> without(had, fit));
    throw RunFault.userError(
        Reason.TOO_LITTLE_MEMORY,
        "The run needs %s GiB a device and %s has %s; %s."
            .formatted(
                PlanText.gib(memory.deviceBytes()),
                had.name(),
                PlanText.gib(had.usableBytes()),
                advice));
  }

  /**
   * The refusal of a run whose device was full although the plan said that it would not be.
   *
   * @param what which device, and what it had no room for
   */
  public RunFault full(String what, Throwable cause) {
    var less = (long) (LEANER * memory.deviceBytes());
    var fit = new Fit(layout, run.training().globalBatchSize(), less);
    var advice =
        fit.propose(setting)
            .map(to -> changes(to).replace("it fits with", "give it"))
            .orElse("give it more devices or a shorter sequenceLength");
    return RunFault.userError(
        Reason.TOO_LITTLE_MEMORY,
        "There was %s, though the run was planned to need %s GiB a device; %s."
            .formatted(what, PlanText.gib(memory.deviceBytes()), advice),
        cause);
  }

  /** What to do where no setting fits. */
  private String without(Room had, Fit fit) {
    if (had.shared()) {
      return "raise podTemplate.resources.limits.memory to %dGi"
          .formatted(Room.podGib(memory.deviceBytes() * setting.devices()));
    }
    return fit.devices(setting).stream()
        .mapToObj("no setting fits on so few; take %d devices"::formatted)
        .findFirst()
        .orElse("no number of such devices suffices; shorten sequenceLength");
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
      changes.add("microBatchSize: " + to.microBatchSize());
    }
    if (to.offloadOptimizer() != setting.offloadOptimizer()) {
      changes.add("parallelism.offloadOptimizer: true");
    }
    return "it fits with %s (%s GiB)"
        .formatted(
            String.join(", ", changes), PlanText.gib(MemoryPlan.of(layout, to).deviceBytes()));
  }
}
