package dev.keizoku.contract.corpus;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.keizoku.contract.bytes.Json;
import dev.keizoku.contract.corpus.CorpusRun.Filters;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/**
 * What a document of a source must meet and what is done to its text. A rule that is not set is
 * that of the source's recipe; one that the recipe does not set either is not asked.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Rules(
    @JsonPropertyDescription(
            "Shortest document kept, in characters (Unicode code points). Default: the recipe's.")
        @Min(0)
        @Max(1000000000)
        Integer minCharacters,
    @JsonPropertyDescription(
            "Longest document kept, in characters (Unicode code points). Default: the recipe's.")
        @Min(1)
        @Max(1000000000)
        Integer maxCharacters,
    @JsonPropertyDescription(
            "Least share of hiragana, katakana and kanji among letters, 0 to 1; of a word in "
                + "another script two letters count. Default: the recipe's.")
        @Min(0)
        @Max(1)
        Double minJapaneseRatio,
    @JsonPropertyDescription(
            "Least share of hiragana and katakana among these, 0 to 1: what has less is Chinese, or"
                + " a list of names. Default: the recipe's.")
        @Min(0)
        @Max(1)
        Double minKanaShare,
    @JsonPropertyDescription(
            "Largest share of signs that are neither letters, digits nor punctuation (★, ■, →) "
                + "among characters outside tables, 0 to 1. Default: the recipe's.")
        @Min(0)
        @Max(1)
        Double maxSymbolShare,
    @JsonPropertyDescription(
            "Largest share of letters that text read in a wrong encoding is made of (縺, 繧, 繝), "
                + "0 to 1. Default: the recipe's.")
        @Min(0)
        @Max(1)
        Double maxMojibakeShare,
    @JsonPropertyDescription(
            "Least share of letters outside tables that stand in lines with a sentence's end, 0 to "
                + "1: menus and lists of words have none. Default: the recipe's.")
        @Min(0)
        @Max(1)
        Double minSentenceShare,
    @JsonPropertyDescription(
            "Largest share of characters in lines that removeBoilerplate takes out, 0 to 1. "
                + "Default: the recipe's.")
        @Min(0)
        @Max(1)
        Double maxBoilerplateShare,
    @JsonPropertyDescription(
            "Least finance relevance, 0 to 1: how much more the words of a document are those of "
                + "filings and of laws on finance than those of other text. Default: not asked.")
        @Min(0)
        @Max(1)
        Double minFinanceScore,
    @JsonPropertyDescription("How much of a document may repeat itself.") Repetition repetition,
    @JsonPropertyDescription(
            "In how many documents a paragraph of 40 characters or more may stand; from the others"
                + " it is taken out. Lines that do not end a sentence and rows of tables always"
                + " stay. Default: the recipe's.")
        @Min(1)
        @Max(1000000000)
        Integer maxParagraphDocuments,
    @JsonPropertyDescription(
            "Whether text whose UTF-8 was read as another encoding is put right where nothing of it"
                + " is lost. Default: the recipe's.")
        Boolean repairMojibake,
    @JsonPropertyDescription(
            "Whether lines of menus, notices of copyright and advertisements are taken out. "
                + "Default: the recipe's.")
        Boolean removeBoilerplate,
    @JsonPropertyDescription(
            "Whether e-mail addresses, telephone numbers, postal addresses, individual numbers (My "
                + "Number) and credit card numbers become [EMAIL], [PHONE], [ADDRESS], [MY_NUMBER] "
                + "and [CARD]. Default: the recipe's.")
        Boolean tagPersonalData,
    @JsonPropertyDescription(
            "Whether rows of tables become rows of Markdown (| 売上高 | 1,234 |), with a rule below "
                + "their head; else a tab stands between two cells. Default: the recipe's.")
        Boolean markdownTables,
    @JsonPropertyDescription(
            "Whether of documents of this source that say nearly the same the newer stays, then the"
                + " longer; else the longer stays, then the newer. Default: the recipe's.")
        Boolean preferNewer) {

  /** The rules of a source that names no recipe: the general filters. */
  static Rules of(Filters filters) {
    return new Rules(
        filters.minCharacters(),
        filters.maxCharacters(),
        filters.minJapaneseRatio(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** These rules, and those of the other where these say nothing. */
  Rules over(Rules other) {
    return Json.merged(other, this, Rules.class);
  }

  /** Whether wrong encodings are put right. */
  public boolean repairsMojibake() {
    return Boolean.TRUE.equals(repairMojibake);
  }

  /** Whether boilerplate is taken out. */
  public boolean removesBoilerplate() {
    return Boolean.TRUE.equals(removeBoilerplate);
  }

  /** Whether personal data becomes tags. */
  public boolean tagsPersonalData() {
    return Boolean.TRUE.equals(tagPersonalData);
  }

  /** Whether of near duplicates the newer stays before the longer. */
  public boolean prefersNewer() {
    return Boolean.TRUE.equals(preferNewer);
  }

  /** Whether rows of tables become rows of Markdown. */
  public boolean writesMarkdownTables() {
    return Boolean.TRUE.equals(markdownTables);
  }
}
