package dev.keizoku.crd.v1alpha1.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A model in Hugging Face layout, by address or by the run that makes it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "has(self.uri) != has(self.continualPretrainRef)",
    message = "set exactly one of uri and continualPretrainRef")
public record BaseModel(
    @JsonPropertyDescription(
            "Folder with config.json, tokenizer.json and *.safetensors: s3://, file:// (a mounted "
                + "volume) or hf://owner/name@revision.")
        @Pattern("^(s3|file|hf)://.+$")
        @Size(max = 1024)
        String uri,
    @JsonPropertyDescription("The ContinualPretrain whose tuned model is taken.")
        LocalRef continualPretrainRef) {}
