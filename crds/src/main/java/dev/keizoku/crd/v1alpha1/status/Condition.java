package dev.keizoku.crd.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A condition as in metav1.Condition. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Condition(
    @JsonPropertyDescription("Ready, Reconciling, Stalled, InputsReady, Queued, ...") String type,
    @JsonPropertyDescription("True, False or Unknown.") String status,
    @JsonPropertyDescription("CamelCase word.") String reason,
    @JsonPropertyDescription("One sentence; where something is wrong, what to do about it.")
        String message,
    @JsonPropertyDescription("Generation of the spec that this was said about.")
        Long observedGeneration,
    @JsonPropertyDescription("When status last changed, RFC 3339.") String lastTransitionTime) {

  /** True when {@code status} is {@code "True"}. */
  @JsonIgnore
  public boolean isTrue() {
    return "True".equals(status);
  }
}
