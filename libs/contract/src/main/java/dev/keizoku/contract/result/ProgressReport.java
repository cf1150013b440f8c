package dev.keizoku.contract.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Map;

/**
 * What {@code GET /progress} answers while a program runs, and what the operator copies to {@code
 * status.progress}.
 *
 * @param runUid the run's identity; the operator ignores an answer with another one
 * @param stage the program's own word for what it does now, for instance {@code tokenize} or {@code
 *     train}
 * @param step units done: documents, optimizer steps or requests
 * @param totalSteps units in all; null while not known
 * @param unit {@code bytes}, {@code documents}, {@code steps} or {@code requests}
 * @param estimatedRemainingSeconds null while not known
 * @param metrics numbers by name, for instance {@code loss}, {@code learningRate}, {@code
 *     tokensPerSecond}
 * @param lastCheckpointStep optimizer step of the newest committed checkpoint; null when there is
 *     none
 * @param lastUpdatedTime when the work last got on: a unit was done, or bytes were read or written;
 *     RFC 3339, UTC. While it stands still the operator counts {@code stallTimeoutSeconds}
 * @param notices what happened that a person should hear of, oldest first, at most {@link
 *     #MAX_NOTICES}; null when there is nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProgressReport(
    String runUid,
    String stage,
    long step,
    Long totalSteps,
    String unit,
    Long estimatedRemainingSeconds,
    Map<String, Double> metrics,
    Long lastCheckpointStep,
    String lastUpdatedTime,
    List<Notice> notices) {

  /** How many notices a report holds; the oldest ones give way. */
  public static final int MAX_NOTICES = 8;

  /**
   * Something that happened once and did not end the run. The operator makes an event of it.
   *
   * @param time when, RFC 3339, UTC
   * @param reason CamelCase word, for instance {@code CheckpointSkipped}
   * @param message one sentence of at most 512 characters, without secrets
   */
  public record Notice(
      @JsonPropertyDescription("When it happened, RFC 3339.") String time,
      @JsonPropertyDescription("What happened, in one word.") String reason,
      @JsonPropertyDescription("The same in one sentence.") String message) {}
}
