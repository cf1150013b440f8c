package dev.keizoku.operator.status;

import dev.keizoku.contract.result.FinalReport;
import java.time.Instant;

/**
 * How an attempt ended, and so what follows.
 *
 * @param verdict what follows
 * @param reason CamelCase word
 * @param message one sentence
 * @param exitCode the program's; null when unknown
 * @param at when; null when unknown
 * @param report the program's last word; null when there is none of this run
 */
public record AttemptEnd(
    Verdict verdict,
    String reason,
    String message,
    Integer exitCode,
    Instant at,
    FinalReport report) {

  /** What follows from an end. */
  public enum Verdict {
    /** Done. */
    COMPLETED,
    /** Only the user can mend it: no other attempt. */
    USER_ERROR,
    /** The run's own fault: another attempt, counted. */
    FAILED,
    /** The cluster's doing: another attempt, not counted. */
    INFRASTRUCTURE
  }
}
