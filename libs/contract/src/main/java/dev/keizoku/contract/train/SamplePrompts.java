package dev.keizoku.contract.train;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.keizoku.contract.setting.Defaults;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Beginnings of text that the model continues greedily, to see it change. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SamplePrompts(
    @JsonPropertyDescription(
            "Beginnings that the model continues. Default: ten of Japanese financial text.")
        @Size(min = 1, max = 20)
        List<@Size(min = 1, max = 2048) String> prompts,
    @JsonPropertyDescription(
            "Longest continuation, in tokens, at most half of the model's positions; 0 switches "
                + "the samples off.")
        @Default("32")
        @Min(0)
        @Max(1024)
        Integer maxNewTokens) {

  /** Fills the schema's default. */
  public SamplePrompts {
    maxNewTokens = Defaults.of(SamplePrompts.class, "maxNewTokens", maxNewTokens);
  }
}
