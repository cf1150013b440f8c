package dev.keizoku.crd.v1alpha1.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.keizoku.contract.setting.Defaults;
import io.fabric8.generator.annotation.Default;

/** What becomes of artifacts. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Retention(
    @JsonPropertyDescription(
            "Retain keeps the artifacts in the object store when the resource is deleted; Delete "
                + "removes everything below the run's output, and the resource waits for that by a "
                + "finalizer: an operator that serves some namespaces only loses its rights with a "
                + "namespace, so delete the resource before its namespace.")
        @Default("Retain")
        OnDelete onDelete) {

  /** What happens to artifacts when the resource goes. */
  public enum OnDelete {
    @JsonProperty("Retain")
    RETAIN,
    @JsonProperty("Delete")
    DELETE
  }

  /** Fills the schema's default. */
  public Retention {
    onDelete = Defaults.of(Retention.class, "onDelete", onDelete);
  }
}
