package dev.keizoku.trainer.guard;

import dev.keizoku.contract.fault.Reason;
import java.util.Map;
import java.util.Optional;

/**
 * All guards of a run. Going back is bounded: a run that would have to do it once more than {@code
 * maxRollbacks} is stopped as {@code Diverged}.
 *
 * @param nonFinite asked first
 * @param spike asked for finite steps
 * @param forgetting asked at each evaluation, when there is a general set to watch
 * @param maxRollbacks 0 or more
 */
public record Guards(
    NonFiniteGuard nonFinite,
    LossSpikeGuard spike,
    Optional<ForgettingGuard> forgetting,
    int maxRollbacks) {

  /**
   * Three bad steps in a row are one too many; a loss 8 robust deviations above the last 128 is a
   * spike; three rollbacks; nothing watched for forgetting.
   */
  public static final Guards DEFAULT =
      new Guards(
          new NonFiniteGuard(3), new LossSpikeGuard(128, 32, 8, 1, 0.01), Optional.empty(), 3);

  /** After the backward pass and before the optimizer: may this update be applied? */
  public Verdict<GuardState> beforeUpdate(GuardState state, StepReading reading) {
    var finite = nonFinite.check(state.nonFinite(), reading);
    var next = state.with(finite.state());
    if (!finite.isContinue()) {
      return bounded(next, finite.decision());
    }
    var calm = spike.check(state.spike(), reading);
    return bounded(next.with(calm.state()), calm.decision());
  }

  /**
   * After an evaluation, the first of which is before step 0: does the model forget?
   *
   * @param perplexities of every held-out set, by name
   */
  public Verdict<GuardState> afterEvaluation(
      GuardState state, long step, Map<String, Double> perplexities) {
    if (forgetting.isEmpty()) {
      return Verdict.go(state);
    }
    var verdict = forgetting.get().check(state.forgetting(), step, perplexities);
    var factor = verdict.decision() instanceof Decision.LowerRate lower ? lower.factor() : 1;
    return new Verdict<>(state.with(verdict.state(), factor), verdict.decision());
  }

  private Verdict<GuardState> bounded(GuardState state, Decision decision) {
    if (!(decision instanceof Decision.Rollback rollback)) {
      return new Verdict<>(state, decision);
    }
    if (state.rollbacks() < maxRollbacks) {
      return new Verdict<>(state.with(rollback), rollback);
    }
    return new Verdict<>(
        state,
        new Decision.Stop(
            Reason.DIVERGED,
            "%s The run went back %d times already; lower learningRate or look at the skipped documents."
                .formatted(rollback.why(), state.rollbacks())));
  }
}
