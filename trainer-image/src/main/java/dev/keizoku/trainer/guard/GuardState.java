package dev.keizoku.trainer.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What all guards remember, as a checkpoint holds it (JSON by Jackson).
 *
 * @param nonFinite streak of steps that are not finite
 * @param spike window of losses
 * @param forgetting perplexities
 * @param rollbacks how often the run went back
 * @param rateFactor product of all lowerings of the learning rate, 1 when there was none
 * @param skipped the steps whose batches are left out, oldest decision first
 */
public record GuardState(
    NonFiniteGuard.State nonFinite,
    LossSpikeGuard.State spike,
    ForgettingGuard.State forgetting,
    int rollbacks,
    double rateFactor,
    List<SkippedSteps> skipped) {

  /** Before the first step. */
  public static final GuardState START =
      new GuardState(
          NonFiniteGuard.State.START,
          LossSpikeGuard.State.START,
          ForgettingGuard.State.START,
          0,
          1,
          List.of());

  /**
   * Steps whose batches are left out, both ends included.
   *
   * @param first first step
   * @param last last step
   * @param why one sentence
   */
  public record SkippedSteps(long first, long last, String why) {}

  /** Copies the list, so that the state never changes. */
  public GuardState {
    skipped = List.copyOf(skipped);
  }

  /** Why the batch of {@code step} is left out; empty when it is not. */
  public Optional<String> whySkipped(long step) {
    return skipped.stream()
        .filter(s -> s.first <= step && step <= s.last)
        .map(SkippedSteps::why)
        .findFirst();
  }

  /**
   * The state to go on with after a rollback: the windows are the checkpoint's, what was learnt
   * since (rollbacks, batches to leave out) stays, or the run would go round in circles.
   *
   * @param checkpoint the state that the checkpoint holds
   */
  public GuardState rolledBackTo(GuardState checkpoint) {
    return new GuardState(
        NonFiniteGuard.State.START,
        checkpoint.spike,
        checkpoint.forgetting,
        rollbacks,
        checkpoint.rateFactor,
        skipped);
  }

  GuardState with(NonFiniteGuard.State next) {
    return new GuardState(next, spike, forgetting, rollbacks, rateFactor, skipped);
  }

  GuardState with(LossSpikeGuard.State next) {
    return new GuardState(nonFinite, next, forgetting, rollbacks, rateFactor, skipped);
  }

  GuardState with(ForgettingGuard.State next, double factor) {
    return new GuardState(nonFinite, spike, next, rollbacks, rateFactor * factor, skipped);
  }

  GuardState with(Decision.Rollback rollback) {
    var all = new ArrayList<>(skipped);
    all.add(new SkippedSteps(rollback.firstStep(), rollback.lastStep(), rollback.why()));
    return new GuardState(nonFinite, spike, forgetting, rollbacks + 1, rateFactor, all);
  }
}
