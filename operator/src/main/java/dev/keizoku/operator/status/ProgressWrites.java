package dev.keizoku.operator.status;

import dev.keizoku.crd.v1alpha1.status.Progress;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Which progress is worth a write: every one is stored by the API server and sent to all who watch,
 * and a run of days would make one every few seconds. Metrics show it all.
 */
public final class ProgressWrites {
  private ProgressWrites() {}

  /**
   * Whether a status is written: when anything but the progress changed, and for progress alone at
   * steps of one percent but not more often than so.
   *
   * @param before what the API server holds
   * @param now what is true, with all that the kind adds
   * @param every the least time between two writes
   */
  public static boolean areDue(RunStatus before, RunStatus now, Duration every) {
    boolean progressAlone =
        before.progress() != null
            && now.progress() != null
            && now.withProgress(before.progress()).equals(before);
    return !progressAlone || worthIt(before.progress(), now.progress(), every);
  }

  private static boolean worthIt(Progress before, Progress now, Duration every) {
    if (!Objects.equals(before.stage(), now.stage())
        || !Objects.equals(before.notices(), now.notices())) {
      return true;
    }
    boolean unknown = now.progressPercentage() == null;
    boolean step = unknown || !now.progressPercentage().equals(before.progressPercentage());
    var due = Instant.parse(before.lastProgressTime()).plus(every);
    return step && !Instant.parse(now.lastProgressTime()).isBefore(due);
  }
}
