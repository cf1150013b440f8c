package dev.keizoku.corpus.build;

import dev.keizoku.contract.corpus.Deduplication;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.result.CorpusResult.Duplicates;
import dev.keizoku.corpus.report.Fates;
import dev.keizoku.page.Numbers;
import dev.keizoku.storage.tokens.CorpusManifest.SourceCount;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How much of a source may be duplicates. */
final class DuplicateLimit {
  private DuplicateLimit() {}

  /** What was dropped of a source as duplicate. */
  static Duplicates of(SourceCount source) {
    var fates = Fates.of(source);
    return new Duplicates(source.name(), fates.duplicates(), fates.duplicateShare());
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
            "Source '%s' has too many duplicates: %,d of %,d documents (%.1f%%; %s), more than"
                + " deduplication.maxDuplicateShare %s. See what the source holds twice, or raise"
                + " the limit.",
            source.name(),
            duplicates.documents(),
            source.kept() + duplicates.documents(),
            100 * duplicates.share(),
            Fates.duplicateReasons(source).stream()
                .map(reason -> reason + " " + Numbers.count(source.dropped().get(reason)))
                .collect(Collectors.joining(", ")),
            limit));
  }
}
