package dev.keizoku.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
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
 * @param unit {@code documents}, {@code steps} or {@code requests}
 * @param estimatedRemainingSeconds null while not known
 * @param metrics numbers by name, for instance {@code loss}, {@code learningRate}, {@code
 *     tokensPerSecond}
 * @param lastCheckpointStep optimizer step of the newest committed checkpoint; null when there is
 *     none
 * @param lastUpdatedTime RFC 3339, UTC
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
    String lastUpdatedTime) {}
