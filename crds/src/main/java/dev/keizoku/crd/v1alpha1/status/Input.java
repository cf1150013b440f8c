package dev.keizoku.crd.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** An input as it was pinned when the run started. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Input(
    @JsonPropertyDescription("FinCorpus or ContinualPretrain; not set for a plain URI.")
        String kind,
    @JsonPropertyDescription("Name of that resource, or the URI.") String name,
    @JsonPropertyDescription("Where it is.") String uri,
    @JsonPropertyDescription("Digest of what is there, 64 hex characters; not set when unknown.")
        String sha256) {}
