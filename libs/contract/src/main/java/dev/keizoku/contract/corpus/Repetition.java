package dev.keizoku.contract.corpus;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/**
 * How much of a document may repeat itself: the rules of Gopher on lines, paragraphs and runs of
 * characters, without words. Rows of tables are not looked at, nor are lines without letters.
 *
 * <p>Source: Rae et al. 2021 (arXiv 2112.11446), table A1; limits for Japanese are those of Swallow
 * and FineWeb-2, measured anew for runs of letters.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Repetition(
    @JsonPropertyDescription(
            "Largest share of lines that stood in the document before, 0 to 1. "
                + "Default: the recipe's.")
        @Min(0)
        @Max(1)
        Double maxDuplicateLineShare,
    @JsonPropertyDescription(
            "Largest share of letters in such lines, 0 to 1. Default: the recipe's.")
        @Min(0)
        @Max(1)
        Double maxDuplicateLineLetterShare,
    @JsonPropertyDescription(
            "Largest share of paragraphs (parted by an empty line) that stood in the document "
                + "before, 0 to 1. Default: the recipe's.")
        @Min(0)
        @Max(1)
        Double maxDuplicateParagraphShare,
    @JsonPropertyDescription(
            "Largest share of letters in such paragraphs, 0 to 1. Default: the recipe's.")
        @Min(0)
        @Max(1)
        Double maxDuplicateParagraphLetterShare,
    @JsonPropertyDescription(
            "Largest share of the letters that the most frequent run of two letters makes up, "
                + "0 to 1, the mean of pieces of about 1,000 letters. Default: the recipe's.")
        @Min(0)
        @Max(1)
        Double maxTop2GramShare,
    @JsonPropertyDescription("The same of three letters. Default: the recipe's.") @Min(0) @Max(1)
        Double maxTop3GramShare,
    @JsonPropertyDescription("The same of four letters. Default: the recipe's.") @Min(0) @Max(1)
        Double maxTop4GramShare,
    @JsonPropertyDescription(
            "Largest share of the letters in runs of five that stood before in the same piece of "
                + "about 1,000 letters, 0 to 1; the first 30 of them do not count. "
                + "Default: the recipe's.")
        @Min(0)
        @Max(1)
        Double maxDuplicate5GramShare,
    @JsonPropertyDescription("The same of ten letters. Default: the recipe's.") @Min(0) @Max(1)
        Double maxDuplicate10GramShare) {}
