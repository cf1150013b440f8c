package dev.keizoku.trainer.loop;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.train.Guards.Forgetting;
import dev.keizoku.contract.train.Guards.OnForgetting;
import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.trainer.data.HeldOutSet;
import dev.keizoku.trainer.guard.ForgettingGuard;
import dev.keizoku.trainer.guard.Guards;
import dev.keizoku.trainer.guard.LossSpikeGuard;
import java.util.List;
import java.util.Optional;

/** The guards that a run asks for. */
final class RunGuards {
  private RunGuards() {}

  /**
   * Guards with the run's numbers, and defaults for those that it leaves out.
   *
   * @param heldOut the sets whose perplexity is measured
   * @throws RunFault user error {@code RUN_FILE_INVALID} when the set to watch is not among them
   */
  static Guards of(TrainRun run, List<HeldOutSet> heldOut) {
    var spike = run.guards().lossSpike();
    var forgetting = run.guards().forgetting();
    if (forgetting != null
        && heldOut.stream().noneMatch(set -> set.name().equals(forgetting.heldOut()))) {
      throw RunFault.userError(
          Reason.RUN_FILE_INVALID,
          "guards.forgetting.heldOut is %s, but only %s have held-out documents; name one of them."
              .formatted(forgetting.heldOut(), heldOut.stream().map(HeldOutSet::name).toList()));
    }
    var usual = Guards.DEFAULT;
    return new Guards(
        usual.nonFinite(),
        new LossSpikeGuard(
            spike.window(),
            Math.min(usual.spike().minimum(), spike.window()),
            spike.threshold(),
            usual.spike().patience(),
            usual.spike().scaleFloor()),
        Optional.ofNullable(forgetting).map(RunGuards::forgetting),
        spike.maxRollbacks());
  }

  private static ForgettingGuard forgetting(Forgetting asked) {
    return new ForgettingGuard(
        asked.heldOut(),
        asked.maxIncrease(),
        asked.action() == OnForgetting.LOWER_LEARNING_RATE
            ? ForgettingGuard.Action.LOWER_RATE
            : ForgettingGuard.Action.STOP,
        asked.learningRateFactor(),
        asked.maxLowerings());
  }
}
