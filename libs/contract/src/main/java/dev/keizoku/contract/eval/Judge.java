package dev.keizoku.contract.eval;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.keizoku.contract.setting.Defaults;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/**
 * A model behind an endpoint that compares what the models wrote, by a rubric, in both orders.
 *
 * @param api which model; its fields lie among those of the judge
 * @param rubric what makes an answer good; null where it stands in a file
 * @param rubricUri that file; null where the rubric is here
 * @param limit answers of a task that are judged; null for all
 * @param maxTokens of the judge's answer
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Judge(
    @JsonUnwrapped ApiModel api,
    @JsonPropertyDescription(
            "What makes an answer good, in your words; or name its file in rubricUri.")
        @Size(min = 1, max = 16384)
        String rubric,
    @JsonPropertyDescription(
            "A text file with the rubric, in place of one here: s3://, file:// (an entry of a"
                + " ConfigMap that podTemplate mounts, say) or hf://, 16 KiB at most. It is read"
                + " when the run begins.")
        @Pattern("^(s3|file|hf)://.+$")
        @Size(max = 1024)
        String rubricUri,
    @JsonPropertyDescription(
            "Judge only the first so many answers of each task, and of the generation. Default: "
                + "all; each is asked twice for every candidate.")
        @Min(1)
        @Max(1000000000)
        Integer limit,
    @JsonPropertyDescription("Most tokens of the judge's answer.")
        @Default("1024")
        @Min(16)
        @Max(65536)
        Integer maxTokens) {

  /** Sentence of the rule that there is one rubric. */
  public static final String RUBRIC = "a judge has a rubric or a rubricUri, not both";

  /** The same as the API server asks it. */
  public static final String RUBRIC_CEL = "has(self.rubric) != has(self.rubricUri)";

  /** Most bytes of a rubric in a file. */
  public static final int MOST_BYTES = 16384;

  /** Fills the schema's defaults. */
  public Judge {
    api = api == null ? new ApiModel(null, null, null, null, null) : api;
    maxTokens = Defaults.of(Judge.class, "maxTokens", maxTokens);
  }

  /** The same with the rubric that was read. */
  public Judge with(String text) {
    return new Judge(api, text, null, limit, maxTokens);
  }

  /**
   * A judge as the program is told of it.
   *
   * @param settings which lie among its fields
   * @param keyFile file with the endpoint's key; null for an endpoint that wants none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Order(@JsonUnwrapped Judge settings, @Size(min = 1, max = 1024) String keyFile) {}
}
