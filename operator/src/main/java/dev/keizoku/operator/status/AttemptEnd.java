package dev.keizoku.operator.status;

import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.operator.words.StatusReason;
import java.time.Instant;

/**
 * How an attempt ended, and so what follows.
 *
 * @param consequence what follows
 * @param reason why it ended
 * @param message one sentence
 * @param exitCode the program's; null when unknown
 * @param at when; null when unknown
 * @param report the program's last word; null when there is none of this run
 */
record AttemptEnd(
    Consequence consequence,
    StatusReason reason,
    String message,
    Integer exitCode,
    Instant at,
    FinalReport report) {

  /** An end of which no more is known. */
  static AttemptEnd unseen(Consequence consequence, StatusReason reason, String message) {
    return new AttemptEnd(consequence, reason, message, null, null, null);
  }

  /** What follows from an end. */
  enum Consequence {
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
