package dev.keizoku.operator.job;

import dev.keizoku.contract.result.FinalReport;
import java.time.Instant;
import java.util.Collection;

/**
 * What is seen of an attempt's pod; every component but {@code name} may be null.
 *
 * @param name its name
 * @param node where it was placed
 * @param ip its address
 * @param phase the pod's phase
 * @param lossReason why it was taken away (Evicted, Preempted, NodeLost, ...); null when it was not
 * @param waitingReason why its container does not start (ImagePullBackOff, ...)
 * @param waitingMessage the kubelet's words about that
 * @param unschedulable the scheduler's words when no node has room
 * @param startedAt when the program started
 * @param end how the program ended; null while it has not
 */
public record ObservedPod(
    String name,
    String node,
    String ip,
    String phase,
    String lossReason,
    String waitingReason,
    String waitingMessage,
    String unschedulable,
    Instant startedAt,
    End end) {

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

  /** True once nothing of the pod runs any more. */
  public boolean terminal() {
    return end != null || "Succeeded".equals(phase) || "Failed".equals(phase);
  }

  /** True while something of one of the pods may still run. */
  public static boolean anyLives(Collection<ObservedPod> pods) {
    return !pods.stream().allMatch(ObservedPod::terminal);
  }

  /** True while the program runs. */
  public boolean running() {
    return !terminal() && startedAt != null;
  }
}
