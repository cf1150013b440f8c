package dev.keizoku.contract.corpus;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.keizoku.contract.setting.Defaults;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Documents that must not be in a corpus any more. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Removals(
    @JsonPropertyDescription(
            "Documents that are taken out, and with each every text that says the same: by the id"
                + " in documents/*.parquet, by the id that the source gives them, or by their URL."
                + " Default: none.")
        @Default("[]")
        @Size(max = 1000)
        List<@Size(min = 1, max = 2048) String> ids,
    @JsonPropertyDescription(
            "A text file with more of them, one a line: s3://, file:// or hf://. Default: none.")
        @Pattern("^(s3|file|hf)://.+$")
        @Size(max = 1024)
        String uri) {

  /** Fills the schema's defaults. */
  public Removals {
    ids = Defaults.of(Removals.class, "ids", ids);
  }

  /** Whether nothing is to be taken out. */
  @JsonIgnore
  public boolean isEmpty() {
    return ids.isEmpty() && uri == null;
  }
}
