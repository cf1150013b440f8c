package dev.keizoku.crd.v1alpha1.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Another Keizoku resource of the same namespace; who refers to it waits until it is Ready. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LocalRef(
    @JsonPropertyDescription("Name of the resource, in the same namespace.")
        @Required
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @Size(min = 1, max = 52)
        String name) {}
