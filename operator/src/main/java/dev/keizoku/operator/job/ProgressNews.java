package dev.keizoku.operator.job;

import dev.keizoku.contract.result.ProgressReport;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which answers of a program are worth a look at its run: another stage, checkpoint or notice at
 * once, mere progress no more often than it may be written. A look at each answer of two hundred
 * runs would keep a tenth of a core busy, for nothing that anybody reads.
 */
final class ProgressNews {
  private final Duration every;
  private final Map<ResourceID, Told> told = new ConcurrentHashMap<>();

  private record Told(ProgressReport report, Instant at) {}

  /**
   * @param every the least time between two looks for nothing but progress
   */
  ProgressNews(Duration every) {
    this.every = every;
  }

  /** Whether the run is to be looked at for that answer; asked once an answer. */
  boolean is(ResourceID run, ProgressReport said, Instant now) {
    var last = told.get(run);
    boolean news =
        last == null
            || !saysTheSame(last.report, said)
            || (!said.equals(last.report) && !now.isBefore(last.at.plus(every)));
    if (news) {
      told.put(run, new Told(said, now));
    }
    return news;
  }

  private static boolean saysTheSame(ProgressReport one, ProgressReport other) {
    return Objects.equals(one.runUid(), other.runUid())
        && Objects.equals(one.stage(), other.stage())
        && Objects.equals(one.lastCheckpointStep(), other.lastCheckpointStep())
        && Objects.equals(one.notices(), other.notices());
  }

  /** Forgets all other runs. */
  void keepOnly(Set<ResourceID> running) {
    told.keySet().retainAll(running);
  }
}
