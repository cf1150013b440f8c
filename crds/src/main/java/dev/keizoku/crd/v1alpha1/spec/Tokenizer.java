package dev.keizoku.crd.v1alpha1.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A tokenizer in Hugging Face or tiktoken form. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Tokenizer(
    @JsonPropertyDescription(
            "Folder that holds tokenizer.json (or qwen.tiktoken), or that file itself: s3://, "
                + "file:// (a mounted volume) or hf://owner/name@revision.")
        @Required
        @Pattern("^(s3|file|hf)://.+$")
        @Size(max = 1024)
        String uri) {}
