package dev.keizoku.contract.corpus;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.keizoku.contract.run.Seed;
import dev.keizoku.contract.run.StorageSpec;
import dev.keizoku.contract.setting.Defaults;
import dev.keizoku.contract.setting.Ruled;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;

/**
 * What the corpus program is told: the settings of a FinCorpus as they stand in its spec, with a
 * URI for the tokenizer.
 *
 * @param runUid identity of this run, echoed in progress and report
 * @param name name of the corpus, {@code namespace/name} in a cluster
 * @param storage the object store
 * @param output URI under which {@code versions/<digest>/} is written
 * @param sources at least one
 * @param filters limits of the document filters
 * @param deduplication which duplicates are dropped
 * @param decontaminate which benchmarks must not be in it
 * @param removals which documents are taken out
 * @param tokenizer URI of a folder that holds {@code tokenizer.json} (or of the file itself)
 * @param tokenization how documents become tokens; its field lies among those of the run
 * @param heldOut the documents kept out of training
 * @param randomness seed of every shuffle and draw; its field lies among those of the run
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CorpusRun(
    String runUid,
    String name,
    StorageSpec storage,
    @Required @Size(min = 1, max = 2048) String output,
    @Required @Size(min = 1, max = 64) List<Source> sources,
    @Default("{}") Filters filters,
    @Default("{}") Deduplication deduplication,
    @Default("{}") Decontamination decontaminate,
    @Default("{}") Removals removals,
    @Required String tokenizer,
    @JsonUnwrapped Tokenization tokenization,
    @Default("{}") HeldOut heldOut,
    @JsonUnwrapped Seed randomness)
    implements Ruled {

  /** Sentence of the rule that a source is known by its name. */
  public static final String NAMES = "every source needs a name of its own";

  /** The same as the API server asks it. */
  public static final String NAMES_CEL =
      "self.sources.all(s, self.sources.exists_one(t, t.name == s.name))";

  /** Fills the defaults. */
  public CorpusRun {
    filters = Defaults.of(CorpusRun.class, "filters", filters);
    deduplication = Defaults.of(CorpusRun.class, "deduplication", deduplication);
    tokenization = tokenization == null ? Tokenization.DEFAULT : tokenization;
    decontaminate = Defaults.of(CorpusRun.class, "decontaminate", decontaminate);
    removals = Defaults.of(CorpusRun.class, "removals", removals);
    heldOut = Defaults.of(CorpusRun.class, "heldOut", heldOut);
    randomness = randomness == null ? new Seed(null) : randomness;
  }

  @Override
  public Map<String, Boolean> rules() {
    return Map.of(NAMES, sources.stream().map(Source::name).distinct().count() == sources.size());
  }

  /** How a source's bytes become documents. */
  public enum Format {
    /** Decide by file name and content. */
    @JsonProperty("auto")
    AUTO,
    /** One document a file; Aozora Bunko's ruby and notes are recognised and removed. */
    @JsonProperty("text")
    TEXT,
    /** One JSON object a line, an array of them, or one object over many lines. */
    @JsonProperty("jsonl")
    JSONL,
    /** Comma or tab separated values with a line of column names, a document a row. */
    @JsonProperty("csv")
    CSV,
    /** A Parquet file, a document a row. */
    @JsonProperty("parquet")
    PARQUET,
    /** A web page; menus and scripts are removed, tables kept as rows. */
    @JsonProperty("html")
    HTML,
    /** Law XML of e-Gov. */
    @JsonProperty("egov-xml")
    EGOV_XML,
    /** Filings of EDINET and TDnet: zips of pages, instances, PDFs, tables of facts. */
    @JsonProperty("edinet")
    EDINET,
    /** A dump of MediaWiki in XML, or JSON lines of title and text with its markup. */
    @JsonProperty("mediawiki")
    MEDIAWIKI,
    /** A dump of CirrusSearch: JSON lines with the text of pages as it is rendered. */
    @JsonProperty("cirrus")
    CIRRUS,
    /** A web archive: pages of a crawl (WARC) or their text (WET). */
    @JsonProperty("warc")
    WARC,
    /** Markdown. */
    @JsonProperty("markdown")
    MARKDOWN,
    /** CoNLL-U; the {@code # text =} lines. */
    @JsonProperty("conllu")
    CONLLU,
    /** PDF with a text layer. */
    @JsonProperty("pdf")
    PDF,
    /** Documents of Word, and of Excel and PowerPoint also of before 2007: text, tables as rows. */
    @JsonProperty("office")
    OFFICE
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
              "A file, or a prefix that ends in /: s3://bucket/path/, file:///path/ (a mounted"
                  + " volume) or hf://datasets/owner/name@revision/path/ (a dataset of the Hugging"
                  + " Face hub; name a commit to read the same again); or a file of the web,"
                  + " https://host/path. A file whose name ends in .urls is a list of such files, a"
                  + " URL a line. Archives (.zip, .tar) and packed files (.gz, .bz2, .xz, .zst) are"
                  + " looked into, also within archives.")
          @Required
          @Pattern("^(s3|file|hf|https)://.+$")
          @Size(max = 1024)
          String uri,
      @JsonPropertyDescription("How bytes become documents. Default: auto, by name and content.")
          Format format,
      @JsonPropertyDescription(
              "IANA name of the character set, for instance windows-31j. "
                  + "Default: detected for each file.")
          @Size(max = 40)
          String encoding,
      @JsonPropertyDescription("Glob over the path below uri, for instance **/*.txt. Default: all.")
          @Size(max = 256)
          String include,
      @JsonPropertyDescription(
              "Field of a JSON object or column of a table that holds the text. A path with dots "
                  + "leads into nested objects; [] behind an array makes a document of each of its "
                  + "objects (meetings[].speeches[].speech) or joins its strings by line feeds "
                  + "(paragraphs[]). Default: text.")
          @Size(max = 128)
          String textField,
      @JsonPropertyDescription("SPDX id or a sentence; goes to the manifest and the data card.")
          @Required
          @Size(min = 1, max = 512)
          String licence,
      @JsonPropertyDescription(
              "Share of the source that may be unreadable, 0 to 1, of its documents and of its "
                  + "bytes; more than that ends the run, less is counted and listed in rejected/. "
                  + "Default: 0.01.")
          @Min(0)
          @Max(1)
          Double maxRejectShare,
      @JsonPropertyDescription(
              "How filings of EDINET and TDnet become documents, in a source of format edinet or "
                  + "auto.")
          Filings filings,
      @JsonPropertyDescription(
              "Where the other fields of a record are, in a source of jsonl, csv, parquet or "
                  + "mediawiki JSON lines.")
          RecordFields fields,
      @JsonPropertyDescription(
              "Whether the training text of each document begins with its title, in a line of its "
                  + "own. Default: false.")
          Boolean titleInText,
      @JsonPropertyDescription(
              "Whether the readings of ruby stay, in brackets behind their words:"
                  + " \u91d1\u5229\uff08\u304d\u3093\u308a\uff09. In web pages, PDF, Word"
                  + " (.docx) and Aozora Bunko's texts. Default: false.")
          Boolean keepRuby,
      @JsonPropertyDescription(
              "What kind of text the source holds; it sets every rule that a document must meet. "
                  + "Default: none, the limits of filters are asked and nothing else.")
          Recipe recipe,
      @JsonPropertyDescription("Rules that are to be others than the recipe's.") Rules rules) {

    private static final double DEFAULT_REJECT_SHARE = 0.01;

    /** {@code fields} or their defaults. */
    public RecordFields recordFields() {
      return fields == null ? new RecordFields(null, null, null, null) : fields;
    }

    /**
     * What its documents must meet.
     *
     * @param general the limits for a source that names no recipe
     */
    public Rules rules(Filters general) {
      var base = recipe == null ? Rules.of(general) : recipe.rules();
      return rules == null ? base : rules.over(base);
    }

    /** {@code maxRejectShare} or its default, which no schema fills within a list. */
    public double rejectShare() {
      return maxRejectShare == null ? DEFAULT_REJECT_SHARE : maxRejectShare;
    }
  }

  /** Limits of the filters. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "!has(self.maxCharacters) || self.minCharacters <= self.maxCharacters",
      message = Filters.ORDER,
      fieldPath = ".minCharacters")
  public record Filters(
      @JsonPropertyDescription(
              "Shortest document kept, in characters (Unicode code points); 0 keeps all. "
                  + "Default: 50.")
          @Default("50")
          @Min(0)
          @Max(1000000000)
          Integer minCharacters,
      @JsonPropertyDescription(
              "Longest document kept, in characters (Unicode code points). Default: no limit.")
          @Min(1)
          @Max(1000000000)
          Integer maxCharacters,
      @JsonPropertyDescription(
              "Least share of hiragana, katakana and kanji among letters, 0 to 1; of a word in "
                  + "another script two letters count. 0 keeps all. Default: 0.3.")
          @Default("0.3")
          @Min(0)
          @Max(1)
          Double minJapaneseRatio)
      implements Ruled {

    static final String ORDER = "minCharacters must not be above maxCharacters";

    /** Fills the schema's defaults. */
    public Filters {
      minCharacters = Defaults.of(Filters.class, "minCharacters", minCharacters);
      minJapaneseRatio = Defaults.of(Filters.class, "minJapaneseRatio", minJapaneseRatio);
    }

    @Override
    public Map<String, Boolean> rules() {
      return Map.of(ORDER, maxCharacters == null || minCharacters <= maxCharacters);
    }
  }

  /** The held-out split. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record HeldOut(
      @JsonPropertyDescription(
              "Share of each source's documents that is never trained on, 0 to 0.5; perplexity is"
                  + " measured there. Filings, pages of one article and documents that are alike"
                  + " are never parted.")
          @Default("0.02")
          @Min(0)
          @Max(0.5)
          Double fraction,
      @JsonPropertyDescription("Upper limit of held-out documents.")
          @Default("1000")
          @Min(0)
          @Max(1000000000)
          Integer maxDocuments,
      @JsonPropertyDescription(
              "A day, for instance 2024-03-31: what was published after it is held out, in place of"
                  + " fraction and maxDocuments. Documents whose date is not known are trained on.")
          @Pattern("^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")
          String after,
      @JsonPropertyDescription(
              "Earlier versions, by the URI of their manifest.json: what they held out is held out "
                  + "again.")
          @Default("[]")
          @Size(max = 64)
          List<@Size(min = 1, max = 1024) String> carriedFrom) {

    /** Fills the schema's defaults. */
    public HeldOut {
      fraction = Defaults.of(HeldOut.class, "fraction", fraction);
      maxDocuments = Defaults.of(HeldOut.class, "maxDocuments", maxDocuments);
      carriedFrom = Defaults.of(HeldOut.class, "carriedFrom", carriedFrom);
    }
  }
}
