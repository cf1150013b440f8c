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
import dev.keizoku.operator.run.RunContext;
import dev.keizoku.operator.status.Edit;
import dev.keizoku.operator.words.Headline;
import dev.keizoku.operator.words.RunReason;
import dev.keizoku.operator.words.StatusReason;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Objects;
import java.util.Optional;

/**
 * Puts a run under its profile: as the status has pinned it, or, before the run begins and while it
 * stands against what it asks for, as it is now. Asked for only then; nobody watches profiles.
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
    var pin = resource.runStatus().profile();
    if ((ref == null && pin == null) || run.isOver(resource)) {
      return new Standing<>(resource, Optional.empty());
    }
    var edit = Edit.of(run.intent(resource), resource.runStatus());
    if (!takesTodays(resource, edit)) {
      return held(resource, pin);
    }
    return ref == null ? held(resource, kept(resource, edit)) : today(resource, ref, edit);
  }

  /** One that has begun keeps what it began under, unless that lets it go no further. */
  private static boolean takesTodays(RunResource resource, Edit edit) {
    var pin = resource.runStatus().profile();
    var reason = StatusReason.of(resource.runStatus());
    return resource.runStatus().startTime() == null
        || (pin != null && pin.uid() == null)
        || edit == Edit.ANEW
        || edit == Edit.AGAIN
        || reason == RunReason.PROFILE_NOT_FOUND
        || reason == RunReason.OUTSIDE_PROFILE;
  }

  /**
   * Whether it goes on to write where it began to. Versions of a corpus lie each by itself; all
   * runs of another resource lie in one place, to be deleted with it.
   */
  private boolean keepsStore(R resource, Edit edit) {
    var status = resource.runStatus();
    boolean begun = status.startTime() != null;
    return run.kind().rebuildsOnChange()
        ? begun && edit != Edit.ANEW
        : begun || (status.profile() != null && Boolean.TRUE.equals(status.profile().begun()));
  }

  /** What began under a profile does not get rid of it by leaving it out. */
  private ProfilePin kept(R resource, Edit edit) {
    var pin = resource.runStatus().profile();
    return pin != null && keepsStore(resource, edit) ? pin.asBegun() : null;
  }

  private Standing<R> today(R resource, ProfileRef ref, Edit edit) {
    try {
      return find(ref, resource.getMetadata().getNamespace())
          .map(found -> pin(resource, ref, found, edit))
          .map(pin -> held(resource, pin))
          .orElseGet(() -> missing(resource, ref, "there is none of that name; create it", edit));
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
        throw e;
      }
      return missing(
          resource,
          ref,
          "the operator may not read it; one that serves some namespaces only reads RunProfiles"
              + " alone",
          edit);
    }
  }

  private Optional<? extends CustomResource<ProfileSpec, Void>> find(
      ProfileRef ref, String namespace) {
    return Optional.ofNullable(
        ref.kind().equals("RunProfile")
            ? client.resources(RunProfile.class).inNamespace(namespace).withName(ref.name()).get()
            : client.resources(ClusterRunProfile.class).withName(ref.name()).get());
  }

  private ProfilePin pin(
      R resource, ProfileRef ref, CustomResource<ProfileSpec, Void> found, Edit edit) {
    var meta = found.getMetadata();
    var before = resource.runStatus().profile();
    boolean keeps = keepsStore(resource, edit);
    if (before != null
        && (keeps || before.begun() == null)
        && Objects.equals(before.uid(), meta.getUid())
        && Objects.equals(before.generation(), meta.getGeneration())) {
      return keeps ? before.asBegun() : before;
    }
    var now =
        ProfilePin.of(ref.kind(), ref.name(), meta.getUid(), meta.getGeneration(), found.getSpec());
    return keeps ? now.withStorageOf(before) : now;
  }

  private Standing<R> held(R resource, ProfilePin pin) {
    var under = with(resource, pin);
    return new Standing<>(
        under, pin == null ? Optional.empty() : ProfileLimits.against(pin, run, under));
  }

  /** What has begun keeps its store, and does not go on under the old one after a pause. */
  private Standing<R> missing(R resource, ProfileRef ref, String why, Edit edit) {
    var pin = resource.runStatus().profile();
    var unread = pin == null ? ProfilePin.unread(ref.kind(), ref.name()) : pin.unread();
    return new Standing<>(
        with(resource, keepsStore(resource, edit) ? unread : null),
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
