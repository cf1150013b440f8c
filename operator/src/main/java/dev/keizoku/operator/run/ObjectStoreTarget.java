package dev.keizoku.operator.run;

import dev.keizoku.contract.run.StorageSpec;
import dev.keizoku.crd.v1alpha1.spec.Storage;
import dev.keizoku.operator.settings.OperatorSettings;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The object store of a run: the resource's word, else the installation's.
 *
 * @param endpoint URL of the S3 API; null when nobody said, and no region of AWS either
 * @param region S3 region; null for the default
 * @param bucket where artifacts go; null when nobody said
 * @param prefix path below the bucket; null for none
 * @param secretName Secret with the keys; null for a store that knows the pod by its identity
 * @param caBundle ConfigMap with authorities to believe; null for the public ones alone
 */
public record ObjectStoreTarget(
    String endpoint,
    String region,
    String bucket,
    String prefix,
    String secretName,
    String caBundle) {

  /** The store that the spec and the installation name together. */
  public static ObjectStoreTarget of(Storage spec, OperatorSettings.Storage defaults) {
    var region = either(spec.region(), defaults.region());
    var endpoint = either(spec.endpoint(), defaults.endpoint());
    return new ObjectStoreTarget(
        endpoint == null && region != null
            ? "https://s3.%s.amazonaws.com".formatted(region)
            : endpoint,
        region,
        either(spec.bucket(), defaults.bucket()),
        either(spec.prefix(), defaults.prefix()),
        either(spec.secretRef() == null ? null : spec.secretRef().name(), defaults.secretName()),
        either(spec.caBundle() == null ? null : spec.caBundle().name(), defaults.caBundle()));
  }

  /** {@code s3://bucket/prefix/part/part...}. */
  public String uri(String... parts) {
    var path =
        Stream.concat(Stream.ofNullable(prefix), Stream.of(parts)).collect(Collectors.joining("/"));
    return "s3://" + bucket + "/" + path;
  }

  /** What a run file says of it. */
  public StorageSpec contract() {
    return new StorageSpec(endpoint, region);
  }

  private static String either(String own, Optional<String> otherwise) {
    return own == null ? otherwise.filter(s -> !s.isBlank()).orElse(null) : own;
  }
}
