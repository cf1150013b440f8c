package dev.keizoku.crd.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** The newest committed checkpoint. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LastCheckpoint(
    @JsonPropertyDescription("Optimizer step.") long step,
    @JsonPropertyDescription("When the operator first heard of it, RFC 3339.") String time) {}
