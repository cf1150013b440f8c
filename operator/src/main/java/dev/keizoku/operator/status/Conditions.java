package dev.keizoku.operator.status;

import dev.keizoku.crd.v1alpha1.status.Condition;
import dev.keizoku.crd.v1alpha1.status.Phase;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import dev.keizoku.operator.words.Headline;
import dev.keizoku.operator.words.RunReason;
import dev.keizoku.operator.words.StatusReason;
import dev.keizoku.operator.words.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The conditions of a run, after kstatus: {@code Ready} is finished and good, {@code Reconciling}
 * is under way, {@code Stalled} needs the user. {@code lastTransitionTime} moves only when a status
 * changes.
 */
public final class Conditions {
  private Conditions() {}

  /** All conditions that the three kinds share. */
  static List<Condition> of(
      Headline headline, Inputs inputs, RunStatus previous, long generation, Instant now) {
    var phase = headline.phase();
    var reason = headline.reason();
    var message = headline.message();
    boolean suspended = reason == RunReason.SUSPENDED;
    boolean stalled = phase == Phase.FAILED || reason.stalls();
    boolean moving = !phase.finished() && !suspended && !stalled;
    boolean pinned = previous.startTime() != null || inputs.isReady();
    var made = new ArrayList<Condition>();
    made.add(condition("Ready", phase == Phase.SUCCEEDED, reason, message));
    made.add(condition("Reconciling", moving, reason, moving ? message : ""));
    made.add(condition("Stalled", stalled, reason, stalled ? message : ""));
    made.add(
        condition(
            "InputsReady",
            pinned,
            pinned ? RunReason.INPUTS_FOUND : inputs.reason(),
            pinned ? "" : inputs.message()));
    made.add(condition("Queued", phase == Phase.QUEUED, reason, ""));
    made.add(condition("Running", phase == Phase.RUNNING, reason, ""));
    made.add(condition("Suspended", suspended, reason, ""));
    return made.stream().map(c -> settle(c, previous, generation, now)).toList();
  }

  /** A condition that a kind adds, with its transition time. */
  public static Condition settle(Condition made, RunStatus previous, long generation, Instant now) {
    var since =
        previous
            .condition(made.type())
            .filter(before -> before.status().equals(made.status()))
            .map(Condition::lastTransitionTime)
            .orElse(Times.text(now));
    return new Condition(
        made.type(), made.status(), made.reason(), made.message(), generation, since);
  }

  /** A condition without its times. */
  public static Condition condition(
      String type, boolean status, StatusReason reason, String message) {
    return new Condition(type, status ? "True" : "False", reason.text(), message, null, null);
  }
}
