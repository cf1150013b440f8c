package dev.keizoku.contract.corpus;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.keizoku.contract.bytes.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;

/** A kind of text, which sets the rules that it must meet: {@code corpus/recipes.json}. */
public enum Recipe {
  /** Filings and notices of companies: tables, forms of words, few sentences. */
  @JsonProperty("disclosure")
  DISCLOSURE,
  /** Reports of authorities, banks and researchers. */
  @JsonProperty("report")
  REPORT,
  /** Speeches and minutes. */
  @JsonProperty("speech")
  SPEECH,
  /** News of agencies and papers; a line is a document. */
  @JsonProperty("news")
  NEWS,
  /** Pages of anybody. */
  @JsonProperty("web")
  WEB,
  /** Articles of an encyclopedia. */
  @JsonProperty("wikipedia")
  WIKIPEDIA,
  /** Laws and ordinances, old ones in katakana too. */
  @JsonProperty("law")
  LAW,
  /** Novels, essays, plays and poems. */
  @JsonProperty("literature")
  LITERATURE;

  private static final String FILE = "/corpus/recipes.json";

  /** What it asks of a document. */
  public Rules rules() {
    return Presets.ALL.of.get(name().toLowerCase(Locale.ROOT));
  }

  record Presets(Map<String, Rules> of) {
    static final Presets ALL = read();

    private static Presets read() {
      try (var file = Recipe.class.getResourceAsStream(FILE)) {
        return Json.read(file.readAllBytes(), Presets.class, FILE);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
