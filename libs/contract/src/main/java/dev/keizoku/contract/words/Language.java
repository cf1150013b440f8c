package dev.keizoku.contract.words;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** Languages that a report may be in. */
public enum Language {
  /** English. */
  @JsonProperty("en")
  EN(Locale.ENGLISH),
  /** Japanese. */
  @JsonProperty("ja")
  JA(Locale.JAPANESE);

  private final Locale locale;

  Language(Locale locale) {
    this.locale = locale;
  }

  /** As BCP 47 writes it, {@code en} or {@code ja}. */
  public String tag() {
    return locale.toLanguageTag();
  }

  Locale locale() {
    return locale;
  }
}
