package dev.keizoku.operator.words;

import java.util.Optional;

/** What a person can do about the end of an attempt whose message does not say it. */
public final class Advice {
  private Advice() {}

  /** One sentence; empty where the message says it, or there is nothing to do. */
  public static Optional<String> about(StatusReason reason) {
    return reason instanceof RunReason known ? Optional.ofNullable(of(known)) : Optional.empty();
  }

  private static String of(RunReason reason) {
    return switch (reason) {
      case PROGRAM_FAILED, NO_REPORT -> "Read the whole log: kubectl logs of the pod.";
      case STALL_TIMEOUT ->
          "Read the pod's log; if the stage is slow and not stuck, raise stallTimeoutSeconds.";
      case OUT_OF_MEMORY -> "Raise podTemplate.resources.limits.memory, or lower microBatchSize.";
      case EVICTED, TERMINATED, POD_FAILED, POD_DELETED, POD_LOST, JOB_DELETED ->
          "Nothing: the next attempt goes on from the newest checkpoint. If it happens again and"
              + " again, look at the node, and at who deletes or preempts its pods.";
      default -> null;
    };
  }
}
