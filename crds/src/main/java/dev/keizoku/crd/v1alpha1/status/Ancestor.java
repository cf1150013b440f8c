package dev.keizoku.crd.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Something that an input was made from, as the run that read it had pinned it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Ancestor(
    @JsonPropertyDescription("Kind of the resource that read it.") String readerKind,
    @JsonPropertyDescription("Name of that resource.") String readerName,
    @JsonPropertyDescription("FinCorpus or ContinualPretrain; not set for a plain URI.")
        String kind,
    @JsonPropertyDescription("Name of that resource, or of the source.") String name,
    @JsonPropertyDescription("Where it is.") String uri,
    @JsonPropertyDescription("Digest of what is there, 64 hex characters; not set when unknown.")
        String sha256) {}
