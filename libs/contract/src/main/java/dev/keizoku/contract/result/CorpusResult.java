package dev.keizoku.contract.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Map;

/**
 * What a corpus run committed.
 *
 * @param version digest of the version, 64 hex characters
 * @param documents documents kept for training
 * @param tokens tokens for training
 * @param heldOutDocuments documents kept out
 * @param heldOutTokens tokens kept out
 * @param dropped documents dropped, by reason; what could not be read is among them
 * @param tokenizerSha256 digest of {@code tokenizer.json}
 * @param rejected what could not be read, the most first; null for nothing
 * @param leftOut files that no reader took, the most first; null for none
 * @param leftOutWarning what to do where a source lost more than a tenth of its files so; null
 *     where none did
 * @param duplicates documents dropped for others, the most first; null for none
 * @param benchmarks what was found of the benchmarks that were looked for; null for none
 * @param paragraphs what was taken out of documents that stay, the most first; null for nothing
 * @param stages what each stage took, in their order; null where the version was there already
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CorpusResult(
    @JsonPropertyDescription("Digest of the version, 64 hex characters.") String version,
    @JsonPropertyDescription("Documents for training.") long documents,
    @JsonPropertyDescription("Tokens for training.") long tokens,
    @JsonPropertyDescription("Documents kept out of training.") long heldOutDocuments,
    @JsonPropertyDescription("Tokens kept out of training.") long heldOutTokens,
    @JsonPropertyDescription("Documents dropped, by reason; unreadable ones are among them.")
        Map<String, Long> dropped,
    @JsonPropertyDescription("Digest of tokenizer.json.") String tokenizerSha256,
    @JsonPropertyDescription(
            "Files, archive entries and records that could not be read, the most first; all are "
                + "in manifest.json. Not set when there are none.")
        List<Rejected> rejected,
    @JsonPropertyDescription(
            "Files that no reader took, the most first; all are in manifest.json. Not set when "
                + "there are none.")
        List<LeftOut> leftOut,
    @JsonPropertyDescription(
            "What to do about sources of which more than a tenth of the files was left out. Not "
                + "set when there are none.")
        String leftOutWarning,
    @JsonPropertyDescription(
            "Documents that were dropped as duplicates, the most first; all are in manifest.json. "
                + "Not set when there are none.")
        List<Duplicates> duplicates,
    @JsonPropertyDescription(
            "What was found of the benchmarks that were looked for, the most first; all are in "
                + "manifest.json. Not set when none was looked for.")
        List<BenchmarkFound> benchmarks,
    @JsonPropertyDescription(
            "Lines and paragraphs that were taken out of documents that stay, the most first; all "
                + "are in manifest.json. Not set when there are none.")
        List<RemovedParagraphs> paragraphs,
    @JsonPropertyDescription(
            "What each stage of the build took, in their order. Not set where the version was "
                + "there already.")
        List<StageTime> stages) {

  /** Most rows of each list: a termination message is small. */
  public static final int MAX_ROWS = 8;

  /** Most characters of {@code leftOutWarning}, for the same reason. */
  public static final int WARNING_CHARACTERS = 400;

  /**
   * @param source name of the source
   * @param reason word of why
   * @param documents how many files, entries and records
   */
  public record Rejected(
      @JsonPropertyDescription("Name of the source.") String source,
      @JsonPropertyDescription("Why, in a word, for instance wrongEncoding.") String reason,
      @JsonPropertyDescription("How many files, archive entries and records.") long documents) {}

  /**
   * @param source name of the source
   * @param documents how many of it were dropped for another document
   * @param share of its documents that passed the filters, 0 to 1
   */
  public record Duplicates(
      @JsonPropertyDescription("Name of the source.") String source,
      @JsonPropertyDescription("How many of its documents were dropped for another one.")
          long documents,
      @JsonPropertyDescription("Their share of those that passed the filters, 0 to 1.")
          double share) {}

  /**
   * @param name of the benchmark
   * @param questions how many it has
   * @param found how many of them stand in documents
   * @param documents how many documents hold one; what became of them, {@code onHit} says
   */
  public record BenchmarkFound(
      @JsonPropertyDescription("Name of the benchmark.") String name,
      @JsonPropertyDescription("How many questions it has.") long questions,
      @JsonPropertyDescription("How many of them were found in documents.") long found,
      @JsonPropertyDescription(
              "How many documents held one; decontaminate.onHit says what became of them.")
          long documents) {}

  /**
   * @param source name of the source
   * @param rule which one took them
   * @param paragraphs how many lines and paragraphs
   */
  public record RemovedParagraphs(
      @JsonPropertyDescription("Name of the source.") String source,
      @JsonPropertyDescription(
              "Why: boilerplate (menus, notices, advertisements), copied (other documents have "
                  + "them too) or question (of a benchmark).")
          String rule,
      @JsonPropertyDescription("How many lines and paragraphs.") long paragraphs) {}

  /**
   * @param stage its word
   * @param processorSeconds of the threads that did it, all together
   * @param seconds from its first beginning to its last end; stages that run side by side share
   *     them
   * @param documents that went through it
   * @param bytes of what went through it: of files when they are copied and read, else of texts in
   *     UTF-8
   */
  public record StageTime(
      @JsonPropertyDescription("Which one, for instance decontaminate.") String stage,
      @JsonPropertyDescription("Processor time of the threads that did it, seconds.")
          double processorSeconds,
      @JsonPropertyDescription(
              "From its first beginning to its last end; stages that run side by side share it.")
          double seconds,
      @JsonPropertyDescription("Documents that went through it.") long documents,
      @JsonPropertyDescription(
              "Bytes that went through it: of files when they are copied and read, of texts "
                  + "in UTF-8 afterwards.")
          long bytes) {}

  /** The same without what the stages took. */
  public CorpusResult withoutStages() {
    return with(Integer.MAX_VALUE);
  }

  /** The same without what the stages took and with so many rows of each list. */
  public CorpusResult with(int rows) {
    return new CorpusResult(
        version,
        documents,
        tokens,
        heldOutDocuments,
        heldOutTokens,
        dropped,
        tokenizerSha256,
        first(rejected, rows),
        first(leftOut, rows),
        leftOutWarning,
        first(duplicates, rows),
        first(benchmarks, rows),
        first(paragraphs, rows),
        null);
  }

  private static <T> List<T> first(List<T> all, int rows) {
    return all == null ? null : all.subList(0, Math.min(rows, all.size()));
  }

  /**
   * @param source name of the source
   * @param extension lower case
   * @param files how many
   */
  public record LeftOut(
      @JsonPropertyDescription("Name of the source.") String source,
      @JsonPropertyDescription("Extension of their names.") String extension,
      @JsonPropertyDescription("How many.") long files) {}
}
