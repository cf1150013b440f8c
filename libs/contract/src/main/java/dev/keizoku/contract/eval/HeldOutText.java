package dev.keizoku.contract.eval;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.keizoku.contract.setting.Defaults;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * The held-out documents of a corpus version, of which every model says how likely it finds them.
 *
 * @param name how it is called in tables: the corpus
 * @param uri the version's {@code manifest.json}
 * @param sha256 digest of the manifest; null is not checked
 * @param general whether it is text that a model may forget, not text that it was trained for
 * @param limit only the first so many documents; null for all
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HeldOutText(
    @Required @Pattern(Questions.NAME) @Size(min = 1, max = 63) String name,
    @Required String uri,
    String sha256,
    @Default("false") Boolean general,
    @Min(1) @Max(1000000000) Integer limit) {

  /** Fills the default. */
  public HeldOutText {
    general = Defaults.of(HeldOutText.class, "general", general);
  }

  /** The name in result files. */
  @JsonIgnore
  public String taskName() {
    return "heldout_" + name;
  }
}
