package dev.keizoku.operator.job;

import dev.keizoku.contract.result.ProgressReport;
import java.time.Instant;
import java.util.Objects;

/**
 * What a program said last.
 *
 * @param report its words
 * @param since when this operator first heard that it stands there: at that stage and step, with
 *     that much done within it
 */
public record HeardProgress(ProgressReport report, Instant since) {

  /**
   * The next answer.
   *
   * @param before the one before; null for the first
   */
  static HeardProgress after(HeardProgress before, ProgressReport said, Instant now) {
    return new HeardProgress(said, before != null && before.standsAt(said) ? before.since : now);
  }

  private boolean standsAt(ProgressReport said) {
    return Objects.equals(report.stage(), said.stage())
        && report.step() == said.step()
        && Objects.equals(report.lastUpdatedTime(), said.lastUpdatedTime());
  }
}
