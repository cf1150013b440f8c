package dev.keizoku.trainer.plan;

import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.llm.config.ModelLayout;
import dev.keizoku.program.device.DeviceKind;
import dev.keizoku.trainer.plan.memory.Setting;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plans a run from what is known of where it will go.
 *
 * @param device kind of GPU; empty for none, or for one that is not in the table
 * @param podMemory limit of the pod in bytes; empty for none
 * @param tokensPerSecond speed of all devices together as somebody measured it; empty for none
 */
public record Planner(
    Optional<DeviceKind> device, Optional<Long> podMemory, Optional<Double> tokensPerSecond) {
  private static final Logger LOG = LoggerFactory.getLogger(Planner.class);

  /**
   * The plan of a run. Room and speed come from the first that knows them: what was given, the
   * table of devices, the trial.
   *
   * @param stepsPerEpoch not a whole number in general
   * @param here empty when the run goes to another machine
   */
  public TrainingPlan plan(
      TrainRun run, ModelLayout layout, double stepsPerEpoch, Optional<Trial> here) {
    var setting = Setting.of(run);
    var known =
        tokensPerSecond
            .map(Speed::measured)
            .or(
                () ->
                    device
                        .filter(kind -> here.isEmpty())
                        .map(kind -> Speed.assumed(layout, setting, kind)));
    var plan =
        TrainingPlan.of(
            run,
            layout,
            stepsPerEpoch,
            room(setting, here),
            podMemory.map(Room::outsideOfHeap),
            known);
    // What does not fit is refused, and timing it could end this program.
    return known.isEmpty() && plan.fits().orElse(true)
        ? plan.with(here.flatMap(Planner::timed))
        : plan;
  }

  private Optional<Room> room(Setting setting, Optional<Trial> here) {
    return device
        .map(Room::of)
        .or(
            () ->
                podMemory
                    .filter(limit -> setting.cpuRanks())
                    .map(limit -> Room.ofPod(limit, setting.devices())))
        .or(() -> here.map(Trial::room));
  }

  /** A plan without hours is a plan too. */
  private static Optional<Speed> timed(Trial here) {
    try {
      return here.measure();
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.warn("The step could not be timed, so that the plan has no hours", e);
      return Optional.empty();
    }
  }
}
