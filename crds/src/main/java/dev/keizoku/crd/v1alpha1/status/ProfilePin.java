package dev.keizoku.crd.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keizoku.crd.v1alpha1.profile.ProfileSpec;

/** The profile that a run is under, as it was when the run began. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProfilePin(
    @JsonPropertyDescription("RunProfile or ClusterRunProfile.") String kind,
    @JsonPropertyDescription("Its name.") String name,
    @JsonPropertyDescription("Its identity.") String uid,
    @JsonPropertyDescription("Generation of its spec.") Long generation,
    @JsonPropertyDescription(
            "Its spec as it was, but for the storage of a run that had begun before.")
        JsonNode spec,
    @JsonPropertyDescription("True once a run began: another one writes where that one did.")
        Boolean begun) {
  private static final String STORAGE = "storage";
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /** That profile. */
  public static ProfilePin of(
      String kind, String name, String uid, Long generation, ProfileSpec spec) {
    return new ProfilePin(kind, name, uid, generation, JSON.valueToTree(spec), null);
  }

  /**
   * The same for what has begun to write under another.
   *
   * @param before the profile that it began under; null for none
   */
  public ProfilePin withStorageOf(ProfilePin before) {
    var all = (ObjectNode) spec.deepCopy();
    all.remove(STORAGE);
    if (before != null && before.spec.has(STORAGE)) {
      all.set(STORAGE, before.spec.get(STORAGE));
    }
    return new ProfilePin(kind, name, uid, generation, all, true);
  }

  /** One that could not be read when a run was to go on under it. */
  public static ProfilePin unread(String kind, String name) {
    return new ProfilePin(kind, name, null, null, JSON.createObjectNode(), true);
  }

  /** The same, which is to be read anew before the run goes on. */
  public ProfilePin unread() {
    return new ProfilePin(kind, name, null, null, spec, true);
  }

  /** The same of what has begun. */
  public ProfilePin asBegun() {
    return new ProfilePin(kind, name, uid, generation, spec, true);
  }

  /** What it gives and allows. */
  public ProfileSpec profile() {
    try {
      return JSON.treeToValue(spec, ProfileSpec.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("status.profile.spec is no profile's", e);
    }
  }
}
