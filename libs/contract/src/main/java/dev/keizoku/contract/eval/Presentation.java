package dev.keizoku.contract.eval;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.keizoku.contract.setting.Defaults;
import dev.keizoku.contract.words.Language;
import io.fabric8.generator.annotation.Default;

/** For whom the result is written. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Presentation(
    @JsonPropertyDescription(
            "Language of report.html, en or ja: its headings, tables and sentences, the gate's among"
                + " them. Conditions, events, logs and the other files are in English.")
        @Default("en")
        Language language) {

  /** Fills the default. */
  public Presentation {
    language = Defaults.of(Presentation.class, "language", language);
  }
}
