package dev.keizoku.operator.job;

import dev.keizoku.contract.result.FinalReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;

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
 * @param image what it runs; never null
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
    Image image,
    End end) {
  /** Reason of a loss that may pass: the pod's node does not answer. */
  public static final String NODE_SILENT = "NodeSilent";

  private static final Duration OVERDUE = Duration.ofSeconds(60);

  /**
   * The image of the program.
   *
   * @param name as the pod names it, after whoever may change it; null before there is a status
   * @param id as the node knows it; null before the program has started
   */
  public record Image(String name, String id) {
    private static final Pattern PULLED =
        Pattern.compile("(?:docker-pullable://)?(.+)@(sha256:[0-9a-f]{64})");

    /**
     * That image by digest; null when the pod runs another, as a mirror's, and when it was not
     * pulled from a registry, which then has none by that digest.
     */
    public String byDigest(String asked) {
      var pulled = PULLED.matcher(id == null ? "" : id);
      if (!asked.equals(name) || asked.contains("@") || !pulled.matches()) {
        return null;
      }
      int tag = asked.lastIndexOf(':');
      var repository = tag > asked.lastIndexOf('/') ? asked.substring(0, tag) : asked;
      return ("/" + pulled.group(1)).endsWith("/" + repository)
          ? repository + "@" + pulled.group(2)
          : null;
    }
  }

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
   * @param at when
   * @param othersRun whether another container goes on, which keeps the pod
   */
  public record End(int exitCode, String reason, String message, Instant at, boolean othersRun) {

    /** The final report in its message, of whatever run; null when there is none. */
    public FinalReport report() {
      return ProgramWords.finalReport(message).orElse(null);
    }
  }

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

  /**
   * True while the program has ended and another container keeps the pod, and what it holds. Not of
   * a pod that the kubelet is about to call ended: it says so of the container first.
   */
  public boolean lingers() {
    return end != null && end.othersRun && !phaseIsFinal();
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
    return isFinal(phase);
  }

  static boolean isFinal(String phase) {
    return "Succeeded".equals(phase) || "Failed".equals(phase);
  }
}
