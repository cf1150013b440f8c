package dev.keizoku.crd.v1alpha1.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.keizoku.contract.train.NewModel;
import io.fabric8.generator.annotation.Required;

/** A start from nothing: an architecture with random weights. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Initialize(
    @JsonPropertyDescription("The architecture, in the terms of Hugging Face's config.json.")
        @Required
        NewModel config,
    @JsonPropertyDescription("The tokenizer that the new model gets.") @Required
        Tokenizer tokenizer) {}
