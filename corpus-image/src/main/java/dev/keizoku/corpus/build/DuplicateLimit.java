package dev.keizoku.corpus.build;

import dev.keizoku.contract.corpus.Deduplication;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.result.CorpusResult.Duplicates;
import dev.keizoku.corpus.dedup.ExactDuplicates;
import dev.keizoku.corpus.dedup.NearDuplicates;
import dev.keizoku.corpus.paragraph.ParagraphStage;
import dev.keizoku.storage.tokens.CorpusManifest.SourceCount;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How much of a source may be duplicates. */
final class DuplicateLimit {
  private static final List<String> REASONS =
      List.of(ExactDuplicates.REASON, NearDuplicates.REASON, ParagraphStage.REASON);

  private DuplicateLimit() {}

  /** What was dropped of a source as duplicate. */
  static Duplicates of(SourceCount source) {
    long duplicates = REASONS.stream().mapToLong(reason -> count(source, reason)).sum();
    long passed = source.kept() + duplicates;
    return new Duplicates(
        source.name(), duplicates, passed == 0 ? 0 : (double) duplicates / passed);
  }

  private static long count(SourceCount source, String reason) {
    return source.dropped().getOrDefault(reason, 0L);
  }

  /**
   * Judges all sources.
   *
   * @throws RunFault user error {@code TooManyDuplicates} with the first that is above the limit
   */
  static void check(Deduplication limits, List<SourceCount> sources) {
    Optional.ofNullable(limits.maxDuplicateShare())
        .ifPresent(
            limit ->
                sources.stream()
                    .filter(source -> of(source).share() > limit)
                    .findFirst()
                    .ifPresent(
                        source -> {
                          throw fault(source, limit);
                        }));
  }

  private static RunFault fault(SourceCount source, double limit) {
    var duplicates = of(source);
    return RunFault.userError(
        Reason.TOO_MANY_DUPLICATES,
        String.format(
            Locale.ROOT,
            "Source '%s' has too many duplicates: %,d of %,d documents (%.1f%%; %s),"
                + " more than deduplication.maxDuplicateShare %s. See what the source holds twice, or"
                + " raise the limit.",
            source.name(),
            duplicates.documents(),
            source.kept() + duplicates.documents(),
            100 * duplicates.share(),
            REASONS.stream()
                .filter(reason -> count(source, reason) > 0)
                .map(reason -> String.format(Locale.ROOT, "%s %,d", reason, count(source, reason)))
                .collect(Collectors.joining(", ")),
            limit));
  }
}
