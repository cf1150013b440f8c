package dev.keizoku.contract.corpus;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.keizoku.contract.run.StorageSpec;
import java.util.List;

/**
 * What the corpus program is told: the documents to read, what to do to them and where the version
 * goes.
 *
 * @param runUid identity of this run, echoed in progress and report
 * @param name name of the corpus, {@code namespace/name} in a cluster
 * @param storage the object store
 * @param output URI under which {@code versions/<digest>/} is written
 * @param sources at least one
 * @param filters limits of the document filters
 * @param deduplication which duplicates are dropped
 * @param tokenizer URI of a folder that holds {@code tokenizer.json} (or of the file itself)
 * @param heldOut the documents kept out of training
 * @param seed of every shuffle and draw
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CorpusRun(
    String runUid,
    String name,
    StorageSpec storage,
    String output,
    List<Source> sources,
    Filters filters,
    Deduplication deduplication,
    String tokenizer,
    HeldOut heldOut,
    long seed) {

  /** How a source's bytes become documents. */
  public enum Format {
    /** Decide by file name and content. */
    @JsonProperty("auto")
    AUTO,
    /** One document a file; Aozora Bunko's ruby and notes are recognised and removed. */
    @JsonProperty("text")
    TEXT,
    /** One JSON object a line. */
    @JsonProperty("jsonl")
    JSONL,
    /** A web page; menus and scripts are removed, tables kept as rows. */
    @JsonProperty("html")
    HTML,
    /** Law XML of e-Gov. */
    @JsonProperty("egov-xml")
    EGOV_XML,
    /** An EDINET filing: iXBRL pages or an XBRL instance with text blocks. */
    @JsonProperty("edinet")
    EDINET,
    /** JSON lines of {@code title} and {@code text} with MediaWiki markup. */
    @JsonProperty("mediawiki")
    MEDIAWIKI,
    /** Markdown. */
    @JsonProperty("markdown")
    MARKDOWN,
    /** CoNLL-U; the {@code # text =} lines. */
    @JsonProperty("conllu")
    CONLLU,
    /** PDF with a text layer. */
    @JsonProperty("pdf")
    PDF
  }

  /**
   * One source of documents.
   *
   * @param name unique in the run; DNS label
   * @param uri a file or a prefix (ends in {@code /}); {@code .zip} and {@code .gz} are looked into
   * @param format see {@link Format}; null means {@code auto}
   * @param encoding IANA name of the character set; null means detected for each file
   * @param include glob over the path below {@code uri}; null means all
   * @param textField JSON field with the text; null means {@code text}
   * @param licence SPDX id or a sentence, copied to the manifest and the data card
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Source(
      String name,
      String uri,
      Format format,
      String encoding,
      String include,
      String textField,
      String licence) {}

  /**
   * Limits of the filters; null switches the one rule off.
   *
   * @param minCharacters shortest document kept, in Unicode code points
   * @param maxCharacters longest document kept, in Unicode code points
   * @param minJapaneseRatio least share of hiragana, katakana and kanji among letters, 0 to 1
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Filters(Integer minCharacters, Integer maxCharacters, Double minJapaneseRatio) {}

  /**
   * Which duplicates are dropped.
   *
   * @param exact documents whose NFKC-folded letters and digits are equal
   */
  public record Deduplication(boolean exact) {}

  /**
   * The held-out split: whole documents, chosen by the hash of their id, never trained on.
   *
   * @param fraction share of the documents, 0 to 0.5
   * @param maxDocuments upper limit
   */
  public record HeldOut(double fraction, int maxDocuments) {}
}
