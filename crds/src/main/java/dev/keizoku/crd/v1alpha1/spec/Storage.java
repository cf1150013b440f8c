package dev.keizoku.crd.v1alpha1.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** An object store with an S3 API; what is not set comes from the operator's installation. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Storage(
    @JsonPropertyDescription(
            "URL of the S3 API, for instance http://minio.keizoku-system.svc:9000. "
                + "Default: the operator's, else AWS S3 in the region.")
        @Pattern("^https?://[^/]+/?$")
        @Size(max = 512)
        String endpoint,
    @JsonPropertyDescription("S3 region. Default: the operator's, else us-east-1.") @Size(max = 64)
        String region,
    @JsonPropertyDescription("Bucket that artifacts are written to. Default: the operator's.")
        @Pattern("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$")
        @Size(max = 63)
        String bucket,
    @JsonPropertyDescription(
            "Path below the bucket; the run adds namespace, kind and name. Default: none.")
        @Pattern("^[A-Za-z0-9._=-]+(/[A-Za-z0-9._=-]+)*$")
        @Size(max = 512)
        String prefix,
    @JsonPropertyDescription(
            "Secret of this namespace with the keys AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and "
                + "AWS_SESSION_TOKEN where they expire. Default: the name that the operator was "
                + "installed with.")
        SecretRef secretRef,
    @JsonPropertyDescription(
            "ConfigMap of this namespace whose ca.crt holds authorities, in PEM, that pods believe "
                + "besides the public ones. Default: the name that the operator was installed with.")
        CaBundle caBundle) {

  /** Nothing set. */
  public static final Storage EMPTY = new Storage(null, null, null, null, null, null);

  /** A Secret of the same namespace. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SecretRef(
      @JsonPropertyDescription("Name of the Secret.") @Required @Size(min = 1, max = 253)
          String name) {}

  /** A ConfigMap of the same namespace. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record CaBundle(
      @JsonPropertyDescription("Name of the ConfigMap.") @Required @Size(min = 1, max = 253)
          String name) {}
}
