package dev.keizoku.crd.v1alpha1.profile;

import dev.keizoku.crd.v1alpha1.spec.PodTemplate;
import dev.keizoku.crd.v1alpha1.spec.RunPolicy;
import dev.keizoku.crd.v1alpha1.spec.Storage;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodResourceClaim;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** A run's own settings over those of its profile: what the run says goes first. */
public final class UnderProfile {
  private UnderProfile() {}

  /**
   * How the run is run.
   *
   * @param image the profile's of the run's program; null for none
   */
  public static RunPolicy policy(RunPolicy own, ProfileSpec profile, String image) {
    var limits = profile.limits();
    return new RunPolicy(
        own.runId(),
        own.suspend(),
        first(own.queueName(), profile.queueName()),
        first(own.workloadPriorityClassName(), profile.workloadPriorityClassName()),
        first(own.priorityClassName(), profile.priorityClassName()),
        least(own.activeDeadlineSeconds(), limits == null ? null : limits.activeDeadlineSeconds()),
        budget(own.budget(), limits == null ? null : limits.gpuHours()),
        own.stallTimeoutSeconds(),
        own.backoffLimit(),
        own.ttlSecondsAfterFinished(),
        profile.storage() == null ? own.storage() : storage(own.storage(), profile.storage()),
        profile.podTemplate() == null
            ? own.podTemplate()
            : template(own.podTemplate(), profile.podTemplate()),
        first(own.image(), image),
        own.retention(),
        own.profileRef());
  }

  /** A limit that is raised while an attempt is at work stays what the profile allows. */
  private static <T extends Comparable<T>> T least(T own, T limit) {
    return own == null || (limit != null && limit.compareTo(own) < 0) ? limit : own;
  }

  private static RunPolicy.Budget budget(RunPolicy.Budget own, Double limit) {
    var hours = least(own == null ? null : own.gpuHours(), limit);
    return hours == null ? null : new RunPolicy.Budget(hours);
  }

  private static Storage storage(Storage own, Storage base) {
    return new Storage(
        first(own.endpoint(), base.endpoint()),
        first(own.region(), base.region()),
        first(own.bucket(), base.bucket()),
        first(own.prefix(), base.prefix()),
        first(own.secretRef(), base.secretRef()),
        first(own.caBundle(), base.caBundle()));
  }

  private static PodTemplate template(PodTemplate own, PodTemplate base) {
    return new PodTemplate(
        map(own.labels(), base.labels()),
        map(own.annotations(), base.annotations()),
        map(own.nodeSelector(), base.nodeSelector()),
        Stream.concat(own.tolerations().stream(), base.tolerations().stream()).distinct().toList(),
        first(own.affinity(), base.affinity()),
        own.topologySpreadConstraints().isEmpty()
            ? base.topologySpreadConstraints()
            : own.topologySpreadConstraints(),
        first(own.schedulerName(), base.schedulerName()),
        first(own.runtimeClassName(), base.runtimeClassName()),
        named(own.resourceClaims(), base.resourceClaims(), PodResourceClaim::getName),
        resources(own.resources(), base.resources()),
        named(own.env(), base.env(), EnvVar::getName),
        named(own.volumes(), base.volumes(), Volume::getName),
        named(own.volumeMounts(), base.volumeMounts(), VolumeMount::getMountPath),
        Stream.concat(own.imagePullSecrets().stream(), base.imagePullSecrets().stream())
            .distinct()
            .toList(),
        first(own.serviceAccountName(), base.serviceAccountName()),
        // A manifest that says none has the shortest that the schema gives.
        Math.max(own.terminationGracePeriodSeconds(), base.terminationGracePeriodSeconds()));
  }

  private static ResourceRequirements resources(
      ResourceRequirements own, ResourceRequirements base) {
    if (own == null || base == null) {
      return first(own, base);
    }
    return new ResourceRequirementsBuilder(own)
        .withRequests(map(own.getRequests(), base.getRequests()))
        .withLimits(map(own.getLimits(), base.getLimits()))
        .withClaims(own.getClaims().isEmpty() ? base.getClaims() : own.getClaims())
        .build();
  }

  private static <T> T first(T own, T base) {
    return own == null ? base : own;
  }

  private static <V> Map<String, V> map(Map<String, V> own, Map<String, V> base) {
    var all = new TreeMap<String, V>();
    Stream.of(base, own).filter(map -> map != null).forEach(all::putAll);
    return all;
  }

  /** In the profile's order; who has no name is left to the API server to refuse. */
  private static <T> List<T> named(List<T> own, List<T> base, Function<T, String> name) {
    var all = new LinkedHashMap<String, T>();
    Stream.of(base, own)
        .flatMap(Collection::stream)
        .forEach(item -> all.put(name.apply(item), item));
    return List.copyOf(all.values());
  }
}
