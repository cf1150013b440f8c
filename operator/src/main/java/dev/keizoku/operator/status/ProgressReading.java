package dev.keizoku.operator.status;

import dev.keizoku.contract.result.ProgressReport;
import dev.keizoku.contract.result.ProgressReport.Notice;
import dev.keizoku.crd.v1alpha1.status.LastCheckpoint;
import dev.keizoku.crd.v1alpha1.status.Progress;
import dev.keizoku.operator.job.HeardProgress;
import dev.keizoku.operator.words.Times;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Turns what the program says into what the status shows. */
public final class ProgressReading {
  private ProgressReading() {}

  /**
   * What the status would show of an answer.
   *
   * @param before what it shows; null for nothing yet
   */
  public static Progress of(HeardProgress heard, Progress before) {
    var report = heard.report();
    boolean same =
        before != null
            && Objects.equals(before.stage(), report.stage())
            && Objects.equals(before.step(), report.step())
            // Work of which the step cannot tell, as within one large archive, moves this; so do
            // bytes that are read or written.
            && Objects.equals(before.lastUpdatedTime(), report.lastUpdatedTime());
    return new Progress(
        report.stage(),
        report.step(),
        report.totalSteps(),
        report.unit(),
        percentage(report.step(), report.totalSteps()),
        report.estimatedRemainingSeconds(),
        finite(report.metrics()),
        report.lastUpdatedTime(),
        same ? before.lastProgressTime() : Times.text(heard.since()),
        notices(report.notices(), before == null ? null : before.notices()));
  }

  /** A new attempt knows nothing of what the one before has said; the newest of both stay. */
  private static List<Notice> notices(List<Notice> said, List<Notice> before) {
    var all = new LinkedHashSet<Notice>();
    Stream.of(before, said).filter(Objects::nonNull).forEach(all::addAll);
    return all.isEmpty()
        ? null
        : all.stream().skip(Math.max(0, all.size() - ProgressReport.MAX_NOTICES)).toList();
  }

  /**
   * @param step that the program told of; null when it told of none
   */
  static LastCheckpoint checkpoint(Long step, LastCheckpoint before, Instant now) {
    return step == null || (before != null && before.step() == step)
        ? before
        : new LastCheckpoint(step, Times.text(now));
  }

  /** The last word of a run that is done: whatever the program said last, all of it is done. */
  static Progress done(Progress before) {
    return before == null || before.totalSteps() == null
        ? before
        : new Progress(
            "done",
            before.totalSteps(),
            before.totalSteps(),
            before.unit(),
            100,
            0L,
            before.metrics(),
            before.lastUpdatedTime(),
            before.lastProgressTime(),
            before.notices());
  }

  /** JSON has no NaN and no infinity; a loss that is one of them is told by its absence. */
  private static Map<String, Double> finite(Map<String, Double> metrics) {
    if (metrics == null) {
      return null;
    }
    var kept = new TreeMap<String, Double>();
    metrics.forEach(
        (name, value) -> {
          if (value != null && Double.isFinite(value)) {
            kept.put(name, value);
          }
        });
    return kept.isEmpty() ? null : kept;
  }

  private static Integer percentage(long step, Long totalSteps) {
    return totalSteps == null || totalSteps <= 0
        ? null
        : (int) Math.min(100, step * 100 / totalSteps);
  }
}
