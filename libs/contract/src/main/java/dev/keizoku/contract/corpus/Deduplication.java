package dev.keizoku.contract.corpus;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.keizoku.contract.setting.Defaults;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Which duplicates are dropped. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Deduplication(
    @JsonPropertyDescription(
            "Drop documents that say the same: letters, digits and the signs and marks of numbers "
                + "are equal after NFKC. Of equal ones that of the earlier source stays.")
        @Default("true")
        Boolean exact,
    @JsonPropertyDescription(
            "Drop documents that say nearly the same as one that stays: the Jaccard index of their"
                + " runs of five characters is 0.8 or more, and the one that stays has all numbers"
                + " of the one that goes. Of two the one of the earlier source stays, then the"
                + " longer, then the newer (sources[].rules.preferNewer: the newer before the"
                + " longer).")
        @Default("false")
        Boolean near,
    @JsonPropertyDescription(
            "Share of a source's documents that may be dropped as duplicates, 0 to 1; more than "
                + "that ends the run. Default: no limit.")
        @Min(0)
        @Max(1)
        Double maxDuplicateShare,
    @JsonPropertyDescription(
            "Earlier versions, by the URI of their manifest.json: documents that say the same as"
                + " one of theirs are dropped, and with near those that say nearly the same.")
        @Default("[]")
        @Size(max = 64)
        List<@Size(min = 1, max = 1024) String> against) {

  /** Fills the schema's defaults. */
  public Deduplication {
    exact = Defaults.of(Deduplication.class, "exact", exact);
    near = Defaults.of(Deduplication.class, "near", near);
    against = Defaults.of(Deduplication.class, "against", against);
  }
}
