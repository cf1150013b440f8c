package dev.keizoku.crd.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** One try at the run, written before its Job is made. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Attempt(
    @JsonPropertyDescription("1 for the first.") int number,
    @JsonPropertyDescription("Name of its Job.") String job,
    @JsonPropertyDescription("Identity of that Job; pods of another are not this attempt's.")
        String jobUid,
    @JsonPropertyDescription("Name of its pod.") String pod,
    @JsonPropertyDescription("Node that it ran on.") String node,
    @JsonPropertyDescription(
            "Image that it ran, as its node knows it: by digest when it was pulled.")
        String image,
    @JsonPropertyDescription(
            "GPUs that its pod was given, of any kind; a resource claim counts as one.")
        Long gpus,
    @JsonPropertyDescription("When the program started, RFC 3339; not set when it never did.")
        String startTime,
    @JsonPropertyDescription("When it ended, RFC 3339; not set while it goes on.") String endTime,
    @JsonPropertyDescription(
            "How it ended: Completed, Suspended, Evicted, NodeLost, OutOfMemory, StallTimeout, or "
                + "the program's own reason.")
        String reason,
    @JsonPropertyDescription("Exit code of the program; not set when it is unknown.")
        Integer exitCode,
    @JsonPropertyDescription("True when it counts against backoffLimit.") Boolean counted,
    @JsonPropertyDescription(
            "The program's last sentence, or its last lines: at most 20, and 1,024 characters; what"
                + " looks like a key is struck out.")
        String message,
    @JsonPropertyDescription("What to do about it; not set where the message says it.")
        String advice,
    @JsonPropertyDescription(
            "Step of the checkpoint that it began from; not set when it began from none.")
        Long resumedFromStep) {

  /**
   * One that is ordered, and of which nothing is seen yet.
   *
   * @param resumedFromStep step of the newest checkpoint; null when there is none
   */
  public static Attempt ordered(int number, String job, Long resumedFromStep) {
    return new Attempt(
        number,
        job,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        resumedFromStep);
  }

  /** The same with that message. */
  public Attempt saying(String words) {
    return new Attempt(
        number,
        job,
        jobUid,
        pod,
        node,
        image,
        gpus,
        startTime,
        endTime,
        reason,
        exitCode,
        counted,
        words,
        advice,
        resumedFromStep);
  }

  /** GPUs that it held; none as long as its Job was not seen. */
  public long held() {
    return gpus == null ? 0 : gpus;
  }

  /** True until the end has been seen. */
  public boolean open() {
    return endTime == null;
  }
}
