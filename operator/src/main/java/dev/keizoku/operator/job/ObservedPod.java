package dev.keizoku.operator.job;

import dev.keizoku.contract.result.FinalReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * What is seen of a run's pod; every component but the first three may be null.
 *
 * @param name its name
 * @param uid its identity
 * @param createdAt when it was made
 * @param node where it was placed
 * @param phase the pod's phase
 * @param loss that it is being or was taken away; null when it is not
 * @param waiting why the program does not start
 * @param startedAt when the program started
 * @param end how the program ended; null while it has not
 */
public record ObservedPod(
    String name,
    String uid,
    Instant createdAt,
    String node,
    String phase,
    Loss loss,
    Waiting waiting,
    Instant startedAt,
    End end) {
  private static final Duration OVERDUE = Duration.ofSeconds(60);

  /**
   * That the pod is taken away.
   *
   * @param reason why: Evicted, Preempted, NodeLost, ...
   * @param message the words of who did it; null when there are none
   * @param goneBy when it should be gone, its time to save included; null when it is not deleted
   */
  public record Loss(String reason, String message, Instant goneBy) {}

  /**
   * Why the program does not start.
   *
   * @param reason the kubelet's word (ImagePullBackOff, ...); null when it has none
   * @param message the kubelet's words about that
   * @param unschedulable the scheduler's words when no node has room; null when one has
   */
  public record Waiting(String reason, String message, String unschedulable) {}

  /**
   * The end of the program.
   *
   * @param exitCode its exit code
   * @param reason the kubelet's word, for instance OOMKilled
   * @param message the termination message: a final report, or the log's last lines
   * @param report the final report in it, of whatever run; null when there is none
   * @param at when
   */
  public record End(int exitCode, String reason, String message, FinalReport report, Instant at) {}

  /** True once nothing of the program runs any more. */
  public boolean terminal() {
    return end != null || phaseIsFinal();
  }

  /** True while something of one of the pods may still run. */
  public static boolean anyLives(Collection<ObservedPod> pods) {
    return !pods.stream().allMatch(ObservedPod::terminal);
  }

  /** True while the program runs. */
  public boolean running() {
    return !terminal() && startedAt != null;
  }

  /** True while the program has ended and another container keeps the pod, and what it holds. */
  public boolean lingers() {
    return end != null && !phaseIsFinal();
  }

  /**
   * When it should have been gone for so long that nobody on its node seems to take it away; empty
   * for a pod that is not deleted.
   */
  public Optional<Instant> overdueAt() {
    return Optional.ofNullable(loss).map(Loss::goneBy).map(goneBy -> goneBy.plus(OVERDUE));
  }

  /** True from then on while it is still there. */
  public boolean overdue(Instant now) {
    return !terminal() && overdueAt().filter(now::isAfter).isPresent();
  }

  private boolean phaseIsFinal() {
    return "Succeeded".equals(phase) || "Failed".equals(phase);
  }
}
