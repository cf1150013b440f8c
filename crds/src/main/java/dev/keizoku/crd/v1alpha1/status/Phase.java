package dev.keizoku.crd.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a run is, in one word; the conditions say why. */
public enum Phase {
  /** Waits for an input, for its pod, or for the pause before another attempt. */
  @JsonProperty("Pending")
  PENDING,
  /** Waits for quota or for a node with room. */
  @JsonProperty("Queued")
  QUEUED,
  /** Its pod runs. */
  @JsonProperty("Running")
  RUNNING,
  /** Stopped by {@code spec.suspend}; goes on from where it was. */
  @JsonProperty("Suspended")
  SUSPENDED,
  /** Finished; the artifact is committed. */
  @JsonProperty("Succeeded")
  SUCCEEDED,
  /** Ended for good; the message says what to do. */
  @JsonProperty("Failed")
  FAILED;

  /** True for a run that does nothing more of itself. */
  public boolean finished() {
    return this == SUCCEEDED || this == FAILED;
  }
}
