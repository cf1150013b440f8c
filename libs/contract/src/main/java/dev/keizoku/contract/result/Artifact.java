package dev.keizoku.contract.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/**
 * A finished thing in the object store, pinned by content.
 *
 * @param uri where it is: {@code s3://bucket/key} or {@code file:///path}. For a corpus version, a
 *     model or an evaluation this is the URI of its {@code manifest.json}, which is written last
 * @param sha256 lower-case hex digest of the bytes at {@code uri}, 64 characters
 * @param bytes size of the whole artifact in bytes (a directory: the sum of its files)
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Artifact(
    @JsonPropertyDescription("URI of its manifest, which is written last.") String uri,
    @JsonPropertyDescription("SHA-256 of that manifest, 64 hex characters.") String sha256,
    @JsonPropertyDescription("Size of the whole artifact, in bytes.") Long bytes) {}
