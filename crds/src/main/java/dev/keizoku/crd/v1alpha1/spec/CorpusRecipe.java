package dev.keizoku.crd.v1alpha1.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.keizoku.contract.corpus.CorpusRun.Format;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** What a corpus is made of. A change builds a new version beside the old one. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "self.sources.all(s, self.sources.exists_one(t, t.name == s.name))",
    message = "every source needs a name of its own",
    fieldPath = ".sources")
public record CorpusRecipe(
    @JsonPropertyDescription("Where documents are read from; at least one.")
        @Required
        @Size(min = 1, max = 64)
        List<Source> sources,
    @JsonPropertyDescription("Limits of the document filters.") @Default("{}") Filters filters,
    @JsonPropertyDescription("Which duplicates are dropped.") @Default("{}")
        Deduplication deduplication,
    @JsonPropertyDescription("The tokenizer; it must be that of the model that is trained.")
        @Required
        Tokenizer tokenizer,
    @JsonPropertyDescription("The documents kept out of training.") @Default("{}") HeldOut heldOut,
    @JsonPropertyDescription("Seed of every shuffle and draw. Default: 42.") @Default("42")
        Long seed) {

  /** Fills the schema's defaults. */
  public CorpusRecipe {
    filters = filters == null ? new Filters(null, null, null) : filters;
    deduplication = deduplication == null ? new Deduplication(null) : deduplication;
    heldOut = heldOut == null ? new HeldOut(null, null) : heldOut;
    seed = seed == null ? 42L : seed;
  }

  /** One source of documents. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Source(
      @JsonPropertyDescription("Name of the source in counts and data card.")
          @Required
          @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")
          @Size(min = 1, max = 63)
          String name,
      @JsonPropertyDescription(
              "A file, or a prefix that ends in /: s3://bucket/path/ or file:///path/ (a mounted "
                  + "volume). Archives (.zip, .gz) are looked into.")
          @Required
          @Pattern("^(s3|file)://.+$")
          @Size(max = 1024)
          String uri,
      @JsonPropertyDescription("How bytes become documents. Default: auto.") @Default("auto")
          Format format,
      @JsonPropertyDescription(
              "IANA name of the character set, for instance windows-31j. "
                  + "Default: detected for each file.")
          @Size(max = 40)
          String encoding,
      @JsonPropertyDescription("Glob over the path below uri, for instance **/*.txt. Default: all.")
          @Size(max = 256)
          String include,
      @JsonPropertyDescription("Field of a JSON line that holds the text. Default: text.")
          @Size(max = 128)
          String textField,
      @JsonPropertyDescription("SPDX id or a sentence; goes to the manifest and the data card.")
          @Required
          @Size(min = 1, max = 512)
          String licence) {

    /** Fills the schema's default. */
    public Source {
      format = format == null ? Format.AUTO : format;
    }
  }

  /** Limits of the filters. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Filters(
      @JsonPropertyDescription(
              "Shortest document kept, in characters (Unicode code points); 0 keeps all. "
                  + "Default: 50.")
          @Default("50")
          @Min(0)
          Integer minCharacters,
      @JsonPropertyDescription(
              "Longest document kept, in characters (Unicode code points). Default: no limit.")
          @Min(1)
          Integer maxCharacters,
      @JsonPropertyDescription(
              "Least share of hiragana, katakana and kanji among letters, 0 to 1; 0 keeps all. "
                  + "Default: 0.3.")
          @Default("0.3")
          @Min(0)
          @Max(1)
          Double minJapaneseRatio) {

    /** Fills the schema's defaults. */
    public Filters {
      minCharacters = minCharacters == null ? 50 : minCharacters;
      minJapaneseRatio = minJapaneseRatio == null ? 0.3 : minJapaneseRatio;
    }
  }

  /** Which duplicates are dropped. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Deduplication(
      @JsonPropertyDescription(
              "Drop documents whose letters and digits are equal after NFKC. Default: true.")
          @Default("true")
          Boolean exact) {

    /** Fills the schema's default. */
    public Deduplication {
      exact = exact == null || exact;
    }
  }

  /** The held-out split. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record HeldOut(
      @JsonPropertyDescription(
              "Share of the documents that is never trained on, 0 to 0.5; perplexity is measured "
                  + "there. Default: 0.02.")
          @Default("0.02")
          @Min(0)
          @Max(0.5)
          Double fraction,
      @JsonPropertyDescription("Upper limit of held-out documents. Default: 1000.")
          @Default("1000")
          @Min(0)
          Integer maxDocuments) {

    /** Fills the schema's defaults. */
    public HeldOut {
      fraction = fraction == null ? 0.02 : fraction;
      maxDocuments = maxDocuments == null ? 1000 : maxDocuments;
    }
  }
}
