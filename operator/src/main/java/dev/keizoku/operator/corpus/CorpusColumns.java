package dev.keizoku.operator.corpus;

import dev.keizoku.contract.result.CorpusResult;
import dev.keizoku.crd.v1alpha1.status.FinCorpusStatus.Columns;
import dev.keizoku.crd.v1alpha1.status.Phase;
import dev.keizoku.crd.v1alpha1.status.Progress;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import dev.keizoku.operator.run.Readable;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The columns of {@code kubectl get fc}: the newest version, and the build that goes on. */
final class CorpusColumns {
  private static final int VERSION_SHOWN = 12;
  private static final double MEGABYTE = 1e6;

  private CorpusColumns() {}

  /**
   * The columns.
   *
   * @param result null before there is a version
   * @return null where there is nothing to show
   */
  static Columns of(RunStatus run, CorpusResult result) {
    var progress = run.phase() == Phase.RUNNING ? run.progress() : null;
    if (result == null && progress == null) {
      return null;
    }
    var version = result == null ? null : result.version();
    return new Columns(
        result == null ? null : Readable.count(result.documents()),
        result == null ? null : Readable.rough(result.tokens()),
        version == null ? null : version.substring(0, Math.min(VERSION_SHOWN, version.length())),
        progress == null ? null : stage(progress),
        progress == null ? null : Readable.duration(progress.estimatedRemainingSeconds()),
        progress == null ? null : rate(numbers(progress)),
        progress == null ? null : lost(numbers(progress)));
  }

  private static String stage(Progress progress) {
    var percent = Readable.percent(progress.progressPercentage());
    return percent == null ? progress.stage() : progress.stage() + " " + percent;
  }

  private static Map<String, Double> numbers(Progress progress) {
    return Optional.ofNullable(progress.metrics()).orElse(Map.of());
  }

  private static String rate(Map<String, Double> numbers) {
    var rates = new ArrayList<String>();
    add(rates, numbers.get("documentsPerSecond"), 1, "docs/s");
    add(rates, numbers.get("bytesPerSecond"), MEGABYTE, "MB/s");
    add(rates, numbers.get("tokensPerSecond"), 1, "tokens/s");
    return rates.isEmpty() ? null : String.join(", ", rates);
  }

  private static void add(ArrayList<String> rates, Double rate, double unit, String name) {
    if (rate != null) {
      var shown = rate / unit;
      rates.add(String.format(Locale.ROOT, shown < 10 ? "%.1f %s" : "%,.0f %s", shown, name));
    }
  }

  private static String lost(Map<String, Double> numbers) {
    var dropped = numbers.get("documentsDropped");
    var rejected = numbers.get("documentsRejected");
    return dropped == null && rejected == null
        ? null
        : String.format(
            Locale.ROOT,
            "%,.0f dropped, %,.0f rejected",
            dropped == null ? 0 : dropped,
            rejected == null ? 0 : rejected);
  }
}
