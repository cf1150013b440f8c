package dev.keizoku.corpus.build;

import dev.keizoku.contract.corpus.CorpusRun;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.result.Artifact;
import dev.keizoku.contract.result.CorpusResult;
import dev.keizoku.contract.result.CorpusResult.BenchmarkFound;
import dev.keizoku.contract.result.CorpusResult.Duplicates;
import dev.keizoku.contract.result.CorpusResult.LeftOut;
import dev.keizoku.contract.result.CorpusResult.Rejected;
import dev.keizoku.contract.result.CorpusResult.RemovedParagraphs;
import dev.keizoku.contract.result.CorpusResult.StageTime;
import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.corpus.reject.LeftOutWarning;
import dev.keizoku.storage.tokens.CorpusManifest;
import dev.keizoku.storage.tokens.CorpusManifest.Decontamination;
import dev.keizoku.storage.tokens.CorpusManifest.SourceCount;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The last word of a run, from the manifest of its version. */
final class VersionReport {
  private VersionReport() {}

  /**
   * The report of a run.
   *
   * @param stages what each took; null where the version was there already
   */
  static FinalReport of(
      CorpusRun run, CorpusManifest manifest, Artifact artifact, List<StageTime> stages) {
    var sources = manifest.provenance().sources();
    var result =
        new CorpusResult(
            manifest.version(),
            manifest.train().documents(),
            manifest.train().tokens(),
            manifest.heldOut().documents(),
            manifest.heldOut().tokens(),
            manifest.provenance().dropped(),
            manifest.tokenizer().sha256(),
            rows(sources, SourceCount::rejected, Rejected::new, Rejected::documents),
            rows(sources, SourceCount::leftOut, LeftOut::new, LeftOut::files),
            LeftOutWarning.of(run.sources(), sources).map(VersionReport::cut).orElse(null),
            duplicates(sources),
            benchmarks(manifest.provenance().decontamination()),
            rows(
                sources,
                SourceCount::paragraphs,
                RemovedParagraphs::new,
                RemovedParagraphs::paragraphs),
            stages);
    return FinalReport.of(run.runUid(), Reason.COMPLETED, sentence(result, sources))
        .with(artifact, result);
  }

  private static String cut(String sentences) {
    return sentences.length() <= CorpusResult.WARNING_CHARACTERS
        ? sentences
        : sentences.substring(0, CorpusResult.WARNING_CHARACTERS - 3) + "...";
  }

  private static List<Duplicates> duplicates(List<SourceCount> sources) {
    var rows =
        sources.stream()
            .map(DuplicateLimit::of)
            .filter(duplicates -> duplicates.documents() > 0)
            .sorted(Comparator.comparingLong(Duplicates::documents).reversed())
            .limit(CorpusResult.MAX_ROWS)
            .toList();
    return rows.isEmpty() ? null : rows;
  }

  private static List<BenchmarkFound> benchmarks(Decontamination decontamination) {
    return decontamination == null
        ? null
        : decontamination.benchmarks().stream()
            .map(
                hits ->
                    new BenchmarkFound(
                        hits.name(), hits.questions(), hits.found().size(), hits.documents()))
            .sorted(Comparator.comparingLong(BenchmarkFound::found).reversed())
            .limit(CorpusResult.MAX_ROWS)
            .toList();
  }

  private static String sentence(CorpusResult result, List<SourceCount> sources) {
    long rejected = sum(sources, SourceCount::rejected);
    long leftOut = sum(sources, SourceCount::leftOut);
    return String.format(
            Locale.ROOT,
            "%,d documents and %,d tokens for training, %,d documents held out",
            result.documents(),
            result.tokens(),
            result.heldOutDocuments())
        + (rejected == 0 ? "" : String.format(Locale.ROOT, "; %,d could not be read", rejected))
        + (leftOut == 0
            ? ""
            : String.format(Locale.ROOT, "; %,d files were of no format that is read", leftOut))
        + ".";
  }

  private static long sum(
      List<SourceCount> sources, Function<SourceCount, Map<String, Long>> counts) {
    return sources.stream()
        .flatMap(source -> counts.apply(source).values().stream())
        .mapToLong(Long::longValue)
        .sum();
  }

  /** Makes a row of source, word and count. */
  private interface Row<T> {
    T of(String source, String word, long count);
  }

  private static <T> List<T> rows(
      List<SourceCount> sources,
      Function<SourceCount, Map<String, Long>> counts,
      Row<T> row,
      ToLongFunction<T> count) {
    var rows =
        sources.stream()
            .flatMap(
                source ->
                    counts.apply(source).entrySet().stream()
                        .map(entry -> row.of(source.name(), entry.getKey(), entry.getValue())))
            .sorted(Comparator.comparingLong(count).reversed())
            .limit(CorpusResult.MAX_ROWS)
            .toList();
    return rows.isEmpty() ? null : rows;
  }
}
