package dev.keizoku.crd.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.keizoku.contract.result.Artifact;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The part of the status that all three kinds have. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RunStatus(
    @JsonPropertyDescription("Generation of the spec that this status is about.")
        Long observedGeneration,
    @JsonPropertyDescription("Where the run is, in one word.") Phase phase,
    @JsonPropertyDescription("The sentence of the condition Ready, for kubectl get -o wide.")
        String message,
    @JsonPropertyDescription("Why, in the terms of kstatus.") List<Condition> conditions,
    @JsonPropertyDescription("Identity of the run, the same over all attempts.") String runUid,
    @JsonPropertyDescription("The spec's runId that it was begun with.") String runId,
    @JsonPropertyDescription("Digest of the fields that define the run.") String specHash,
    @JsonPropertyDescription("Where artifacts go.") String output,
    @JsonPropertyDescription("When the inputs were pinned, RFC 3339.") String startTime,
    @JsonPropertyDescription("When the run ended for good, RFC 3339.") String completionTime,
    @JsonPropertyDescription("What is read, pinned at the start.") List<Input> inputs,
    @JsonPropertyDescription(
            "What the inputs were made from, down to the sources, as their runs had pinned it; at "
                + "most 128.")
        List<Ancestor> lineage,
    @JsonPropertyDescription("What the installation gave, pinned at the start.") Pinned pinned,
    @JsonPropertyDescription("The keizoku.dev/retry annotation that was heeded last.")
        String retried,
    @JsonPropertyDescription("The newest word of the running program.") Progress progress,
    @JsonPropertyDescription("The newest committed checkpoint.") LastCheckpoint lastCheckpoint,
    @JsonPropertyDescription("Seconds that the ended attempts ran.") Long activeSeconds,
    @JsonPropertyDescription("The same, times the GPUs that they held.") Long gpuSeconds,
    @JsonPropertyDescription(
            "Attempts that failed by the run's own fault since the newest that saved a checkpoint.")
        Integer failures,
    @JsonPropertyDescription("The tries, at most the 20 newest.") List<Attempt> attempts,
    @JsonPropertyDescription("What was committed.") Artifact artifact,
    @JsonPropertyDescription("The profile that the run is under, pinned at the start.")
        ProfilePin profile) {

  /** Before the operator has seen the resource. */
  public static final RunStatus EMPTY =
      new RunStatus(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
          null, null, null, null, null, null, null);

  /** Turns what is not set into empty lists and zeros, so that code need not ask for null. */
  public RunStatus {
    conditions = conditions == null ? List.of() : conditions;
    inputs = inputs == null ? List.of() : inputs;
    attempts = attempts == null ? List.of() : attempts;
    lineage = lineage == null ? List.of() : lineage;
    activeSeconds = activeSeconds == null ? 0L : activeSeconds;
    gpuSeconds = gpuSeconds == null ? 0L : gpuSeconds;
    failures = failures == null ? 0 : failures;
  }

  /** The newest attempt. */
  public Optional<Attempt> lastAttempt() {
    return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.getLast());
  }

  /** The newest attempt while it goes on. */
  public Optional<Attempt> openAttempt() {
    return lastAttempt().filter(Attempt::open);
  }

  /** The condition of that type. */
  public Optional<Condition> condition(String type) {
    return conditions.stream().filter(c -> c.type().equals(type)).findFirst();
  }

  /** True when finished and good, for the spec of that generation. */
  public boolean readyFor(Long generation) {
    return generation != null
        && generation.equals(observedGeneration)
        && condition("Ready").map(Condition::isTrue).orElse(false);
  }

  /** True when that status is about an earlier run, whose result is not this one's. */
  public boolean isAnotherThan(RunStatus before) {
    return before.runUid() != null && !before.runUid().equals(runUid);
  }

  /**
   * True of a run that has begun, which keeps its plan; before that, what was planned for another
   * spec does not hold.
   */
  public boolean keepsItsPlan() {
    return startTime != null || phase.finished();
  }

  /** The same with one more condition. */
  public RunStatus plus(Condition condition) {
    var more = new ArrayList<>(conditions);
    more.add(condition);
    return with(more, progress);
  }

  /** The same with that condition in place of the one of its type. */
  public RunStatus with(Condition condition) {
    var others =
        conditions.stream().map(c -> c.type().equals(condition.type()) ? condition : c).toList();
    return with(others, progress);
  }

  /** The same with that progress. */
  public RunStatus withProgress(Progress other) {
    return with(conditions, other);
  }

  private RunStatus with(List<Condition> more, Progress other) {
    return new RunStatus(
        observedGeneration,
        phase,
        message,
        more,
        runUid,
        runId,
        specHash,
        output,
        startTime,
        completionTime,
        inputs,
        lineage,
        pinned,
        retried,
        other,
        lastCheckpoint,
        activeSeconds,
        gpuSeconds,
        failures,
        attempts,
        artifact,
        profile);
  }
}
