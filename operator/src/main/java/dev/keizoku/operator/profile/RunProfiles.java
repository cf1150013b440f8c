package dev.keizoku.operator.profile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keizoku.crd.v1alpha1.ClusterRunProfile;
import dev.keizoku.crd.v1alpha1.RunProfile;
import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.crd.v1alpha1.profile.ProfileSpec;
import dev.keizoku.crd.v1alpha1.spec.RunPolicy.ProfileRef;
import dev.keizoku.crd.v1alpha1.status.Phase;
import dev.keizoku.crd.v1alpha1.status.ProfilePin;
import dev.keizoku.operator.naming.Labels;
import dev.keizoku.operator.run.RunContext;
import dev.keizoku.operator.words.Headline;
import dev.keizoku.operator.words.RunReason;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Objects;
import java.util.Optional;

/**
 * Puts a run under its profile: as the status has pinned it, or, before the run begins and when it
 * begins anew, as it is now. Asked for only then; nobody watches profiles.
 *
 * @param <R> the resource
 * @param run its kind and the installation
 * @param client that may read profiles
 */
public record RunProfiles<R extends CustomResource<?, ?> & RunResource>(
    RunContext<R> run, KubernetesClient client) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A resource under its profile.
   *
   * @param resource whose {@code runPolicy} is over the profile
   * @param against why it cannot begin under it; empty when it can
   */
  public record Standing<R>(R resource, Optional<Headline> against) {}

  /** The resource under its profile. */
  public Standing<R> of(R resource) {
    var ref = resource.runPolicy().profileRef();
    if (resource.runStatus().startTime() != null && !beginsAnew(resource)) {
      return new Standing<>(resource, Optional.empty());
    }
    if (ref == null) {
      return new Standing<>(with(resource, null), Optional.empty());
    }
    try {
      return find(ref, resource.getMetadata().getNamespace())
          .map(pin -> under(resource, pin))
          .orElseGet(() -> missing(resource, ref, "there is none of that name; create it"));
    } catch (KubernetesClientException e) {
      return switch (e.getCode()) {
        case HttpURLConnection.HTTP_FORBIDDEN ->
            missing(
                resource,
                ref,
                "the operator may not read it: one that serves some namespaces only reads RunProfiles"
                    + " alone");
        default -> throw e;
      };
    }
  }

  /** Another runId, and a wish to try a failed run again, take the profile of today. */
  private boolean beginsAnew(R resource) {
    var status = resource.runStatus();
    var retry = Labels.annotation(resource, Labels.RETRY);
    return !Objects.equals(resource.runPolicy().runId(), status.runId())
        || (status.phase() == Phase.FAILED && retry != null && !retry.equals(status.retried()));
  }

  private Optional<ProfilePin> find(ProfileRef ref, String namespace) {
    if (ref.kind().equals("RunProfile")) {
      return Optional.ofNullable(
              client.resources(RunProfile.class).inNamespace(namespace).withName(ref.name()).get())
          .map(found -> pin(ref, found));
    }
    return Optional.ofNullable(
            client.resources(ClusterRunProfile.class).withName(ref.name()).get())
        .map(found -> pin(ref, found));
  }

  private static ProfilePin pin(ProfileRef ref, CustomResource<ProfileSpec, Void> found) {
    return ProfilePin.of(
        ref.kind(), ref.name(), found.getMetadata().getGeneration(), found.getSpec());
  }

  private Standing<R> under(R resource, ProfilePin pin) {
    var under = with(resource, pin);
    return new Standing<>(under, ProfileLimits.of(pin, run, under).against());
  }

  private Standing<R> missing(R resource, ProfileRef ref, String why) {
    return new Standing<>(
        with(resource, null),
        Optional.of(
            new Headline(
                Phase.PENDING,
                RunReason.PROFILE_NOT_FOUND,
                "Waits for %s %s, which spec.profileRef names: %s."
                    .formatted(ref.kind(), ref.name(), why))));
  }

  /** The resource as if its status had pinned that profile. */
  private R with(R resource, ProfilePin pin) {
    if (Objects.equals(pin, resource.runStatus().profile())) {
      return resource;
    }
    var serialization = client.getKubernetesSerialization();
    try {
      var tree = (ObjectNode) JSON.readTree(serialization.asJson(resource));
      tree.withObjectProperty("status").set("profile", JSON.valueToTree(pin));
      return serialization.unmarshal(tree.toString(), run.kind().type());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a resource that was read is not written as JSON", e);
    }
  }
}
