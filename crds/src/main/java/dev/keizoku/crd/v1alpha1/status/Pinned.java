package dev.keizoku.crd.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/**
 * What the installation gave a run when it began. An upgrade of the installation changes no run;
 * what the spec itself names goes before it.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Pinned(
    @JsonPropertyDescription("Image of the program.") String image,
    @JsonPropertyDescription("When the image is pulled.") String pullPolicy,
    @JsonPropertyDescription("Port of the program's progress and metrics.") Integer port,
    @JsonPropertyDescription("URL of the S3 API.") String endpoint,
    @JsonPropertyDescription("S3 region; not set for the default.") String region,
    @JsonPropertyDescription("Secret with the object store's keys; not set when it needs none.")
        String secretName,
    @JsonPropertyDescription(
            "The same image by digest, from the first pod that ran it; later attempts run that. Not"
                + " set while it is unknown, and for images that were not pulled.")
        String digest,
    @JsonPropertyDescription("Version of the operator that began the run.") String operatorVersion,
    @JsonPropertyDescription(
            "True where pods find the keys in files, which follow a Secret that changes; not set for a "
                + "run that an older operator began, whose image reads them from its environment.")
        Boolean keysAsFiles) {

  /** The same, of that image by digest. */
  public Pinned withDigest(String found) {
    return new Pinned(
        image, pullPolicy, port, endpoint, region, secretName, found, operatorVersion, keysAsFiles);
  }
}
