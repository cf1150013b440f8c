package dev.keizoku.operator.job;

import java.time.Instant;

/**
 * What is seen of an attempt's Job.
 *
 * @param name its name
 * @param uid its identity
 * @param createdAt when it was made
 * @param queue the queue that it waits in; null for none
 * @param foreignController what else than Kubernetes' own controller runs it ({@code
 *     spec.managedBy}); null for none
 * @param gpus how many GPUs its pod is given
 * @param suspended true while a queue holds it back
 * @param outcome how it ended
 * @param message the Job controller's words about a failure; null otherwise
 * @param pod its newest pod; null when there is none
 */
public record ObservedJob(
    String name,
    String uid,
    Instant createdAt,
    String queue,
    String foreignController,
    long gpus,
    boolean suspended,
    Outcome outcome,
    String message,
    ObservedPod pod) {

  /** How a Job ended. */
  public enum Outcome {
    OPEN,
    COMPLETE,
    FAILED
  }

  /**
   * True when the program has ended. Only its pod says how; the Job, of which another informer
   * hears, is believed when there is no pod. A queue that takes a Job back ends nothing: the same
   * Job goes on later, with another pod.
   */
  public boolean ended() {
    return pod == null ? outcome != Outcome.OPEN : pod.terminal() && !suspended;
  }
}
