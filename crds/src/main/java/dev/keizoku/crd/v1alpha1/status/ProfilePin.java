package dev.keizoku.crd.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.keizoku.crd.v1alpha1.profile.ProfileSpec;

/** The profile that a run is under, as it was when the run began. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProfilePin(
    @JsonPropertyDescription("RunProfile or ClusterRunProfile.") String kind,
    @JsonPropertyDescription("Its name.") String name,
    @JsonPropertyDescription("Generation of its spec.") Long generation,
    @JsonPropertyDescription("Its spec as it was.") JsonNode spec) {
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /** That profile. */
  public static ProfilePin of(String kind, String name, Long generation, ProfileSpec spec) {
    try {
      // As it will be read again, so that the same is equal.
      var read = JSON.readTree(JSON.writeValueAsString(spec));
      return new ProfilePin(kind, name, generation, read);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a profile that was read cannot be written", e);
    }
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
