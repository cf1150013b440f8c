package dev.keizoku.corpus.report;

import dev.keizoku.corpus.dedup.ExactDuplicates;
import dev.keizoku.corpus.dedup.NearDuplicates;
import dev.keizoku.corpus.paragraph.ParagraphStage;
import dev.keizoku.corpus.versions.EarlierNear;
import dev.keizoku.corpus.versions.EarlierVersions;
import dev.keizoku.storage.tokens.CorpusManifest.SourceCount;
import java.util.List;

/**
 * What became of the documents of one source or of all, by the stage that dropped them.
 *
 * @param read all of them, those that could not be read among them
 * @param unread could not be read
 * @param ruled fell by a rule, or held a question of a benchmark
 * @param earlier stand in an earlier version
 * @param duplicates say the same as another one, or nearly, or in too many paragraphs
 * @param heldOut never to be trained on
 */
public record Fates(
    long read, long unread, long ruled, long earlier, long duplicates, long heldOut) {
  private static final List<String> DUPLICATES =
      List.of(ExactDuplicates.REASON, NearDuplicates.REASON, ParagraphStage.REASON);
  private static final List<String> EARLIER = List.of(EarlierVersions.REASON, EarlierNear.REASON);

  /** Those of a source. */
  public static Fates of(SourceCount source) {
    long unread = source.rejected().values().stream().mapToLong(Long::longValue).sum();
    long earlier = count(source, EARLIER);
    long duplicates = count(source, DUPLICATES);
    long ruled = source.read() - source.kept() - unread - earlier - duplicates;
    return new Fates(source.read(), unread, ruled, earlier, duplicates, source.heldOut());
  }

  static Fates of(List<SourceCount> sources) {
    return sources.stream().map(Fates::of).reduce(new Fates(0, 0, 0, 0, 0, 0), Fates::plus);
  }

  private Fates plus(Fates other) {
    return new Fates(
        read + other.read,
        unread + other.unread,
        ruled + other.ruled,
        earlier + other.earlier,
        duplicates + other.duplicates,
        heldOut + other.heldOut);
  }

  /** The reasons of duplicates that a source has, the most exact first. */
  public static List<String> duplicateReasons(SourceCount source) {
    return DUPLICATES.stream().filter(source.dropped()::containsKey).toList();
  }

  /** Documents that stay. */
  public long kept() {
    return read - unread - ruled - earlier - duplicates;
  }

  /** Duplicates among what the stages before left, 0 to 1. */
  public double duplicateShare() {
    return duplicates == 0 ? 0 : (double) duplicates / (kept() + duplicates);
  }

  private static long count(SourceCount source, List<String> reasons) {
    return reasons.stream().mapToLong(reason -> source.dropped().getOrDefault(reason, 0L)).sum();
  }
}
