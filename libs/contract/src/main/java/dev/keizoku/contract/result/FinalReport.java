package dev.keizoku.contract.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.keizoku.contract.fault.Reason;
import java.util.List;
import java.util.Map;

/**
 * The last word of a program, at most 4,096 bytes of JSON in the container's termination message.
 * The result of the run's own kind is set, the others are null.
 *
 * @param runUid the run's identity
 * @param reason word of a {@link Reason}, {@code Completed} on success; another release may know
 *     more
 * @param message one sentence; on a fault it says what to do
 * @param artifact what was committed; null when nothing was
 * @param corpus result of a corpus run
 * @param train result of a training run
 * @param eval result of an evaluation
 * @param plan what a training will need, from the program that plans it; also set when the plan
 *     refuses the run
 * @param lastCheckpointStep optimizer step of the newest committed checkpoint, also on a fault;
 *     null when there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FinalReport(
    String runUid,
    String reason,
    String message,
    Artifact artifact,
    CorpusResult corpus,
    TrainResult train,
    EvalResult eval,
    PlanResult plan,
    Long lastCheckpointStep) {

  /** A report without a result. */
  public static FinalReport of(String runUid, Reason reason, String message) {
    return new FinalReport(runUid, reason.word(), message, null, null, null, null, null, null);
  }

  /** The same with what was committed and the result of a corpus run. */
  public FinalReport with(Artifact committed, CorpusResult result) {
    return new FinalReport(
        runUid, reason, message, committed, result, null, null, plan, lastCheckpointStep);
  }

  /** The same with what was committed and the result of a training run. */
  public FinalReport with(Artifact committed, TrainResult result) {
    return new FinalReport(
        runUid, reason, message, committed, null, result, null, plan, lastCheckpointStep);
  }

  /** The same with what was committed and the result of an evaluation. */
  public FinalReport with(Artifact committed, EvalResult result) {
    return new FinalReport(
        runUid, reason, message, committed, null, null, result, plan, lastCheckpointStep);
  }

  /** The same with what a training will need. */
  public FinalReport withPlan(PlanResult result) {
    return new FinalReport(
        runUid, reason, message, artifact, corpus, train, eval, result, lastCheckpointStep);
  }

  /** The same with that message. */
  public FinalReport withMessage(String sentence) {
    return new FinalReport(
        runUid, reason, sentence, artifact, corpus, train, eval, plan, lastCheckpointStep);
  }

  /** The same with an evaluation's overall rows alone. */
  public FinalReport withoutTaskScores() {
    return new FinalReport(
        runUid,
        reason,
        message,
        artifact,
        corpus,
        train,
        eval == null ? null : eval.withoutTasks(),
        plan,
        lastCheckpointStep);
  }

  /** The same without the result of the run's kind, which lies beside the artifact too. */
  public FinalReport withoutResult() {
    return new FinalReport(
        runUid, reason, message, artifact, null, null, null, null, lastCheckpointStep);
  }

  /** The same with that newest checkpoint. */
  public FinalReport withLastCheckpoint(Long step) {
    return new FinalReport(runUid, reason, message, artifact, corpus, train, eval, plan, step);
  }

  /** The limit that the kubelet sets on a termination message. */
  public static final int MAX_BYTES = 4096;

  /**
   * @param version digest of the version, 64 hex characters
   * @param documents documents kept for training
   * @param tokens tokens for training
   * @param heldOutDocuments documents kept out
   * @param heldOutTokens tokens kept out
   * @param dropped documents dropped, by reason; what could not be read is among them
   * @param tokenizerSha256 digest of {@code tokenizer.json}
   * @param rejected what could not be read, the most first; null for nothing
   * @param leftOut files that no reader took, the most first; null for none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record CorpusResult(
      @JsonPropertyDescription("Digest of the version, 64 hex characters.") String version,
      @JsonPropertyDescription("Documents for training.") long documents,
      @JsonPropertyDescription("Tokens for training.") long tokens,
      @JsonPropertyDescription("Documents kept out of training.") long heldOutDocuments,
      @JsonPropertyDescription("Tokens kept out of training.") long heldOutTokens,
      @JsonPropertyDescription("Documents dropped, by reason; unreadable ones are among them.")
          Map<String, Long> dropped,
      @JsonPropertyDescription("Digest of tokenizer.json.") String tokenizerSha256,
      @JsonPropertyDescription(
              "Files, archive entries and records that could not be read, the most first; all are "
                  + "in manifest.json. Not set when there are none.")
          List<Rejected> rejected,
      @JsonPropertyDescription(
              "Files that no reader took, the most first; all are in manifest.json. Not set when "
                  + "there are none.")
          List<LeftOut> leftOut) {

    /** Most rows of each list: a termination message is small. */
    public static final int MAX_ROWS = 8;
  }

  /**
   * @param source name of the source
   * @param reason word of why
   * @param documents how many files, entries and records
   */
  public record Rejected(
      @JsonPropertyDescription("Name of the source.") String source,
      @JsonPropertyDescription("Why, in a word, for instance wrongEncoding.") String reason,
      @JsonPropertyDescription("How many files, archive entries and records.") long documents) {}

  /**
   * @param source name of the source
   * @param extension lower case
   * @param files how many
   */
  public record LeftOut(
      @JsonPropertyDescription("Name of the source.") String source,
      @JsonPropertyDescription("Extension of their names.") String extension,
      @JsonPropertyDescription("How many.") long files) {}

  /**
   * @param steps optimizer steps done
   * @param tokens tokens trained on
   * @param finalLoss mean training loss of the last step, nats a token
   * @param perplexity of each held-out set before the first step and of the exported model
   * @param resumedFromStep step of the checkpoint that this attempt began from; null for a fresh
   *     start
   * @param exportedStep step whose model was exported
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record TrainResult(
      @JsonPropertyDescription("Optimizer steps done.") long steps,
      @JsonPropertyDescription("Tokens trained on.") long tokens,
      @JsonPropertyDescription("Mean training loss of the last step, nats a token.")
          double finalLoss,
      @JsonPropertyDescription("Perplexity of each held-out set.") List<Perplexity> perplexity,
      @JsonPropertyDescription(
              "Step of the checkpoint that the last attempt began from; not set for a fresh start.")
          Long resumedFromStep,
      @JsonPropertyDescription("Optimizer step whose model was exported.") Long exportedStep) {}

  /**
   * @param name the held-out set's
   * @param before exp of the mean loss a token before training
   * @param after the same of the exported model
   */
  public record Perplexity(
      @JsonPropertyDescription("Name of the held-out set: its corpus.") String name,
      @JsonPropertyDescription("exp of the mean loss a token before training.") double before,
      @JsonPropertyDescription("The same of the exported model.") double after) {}

  /**
   * @param scores a row a task and candidate
   * @param overall unweighted mean over the tasks, a row a candidate; {@code task} is {@code
   *     overall}
   * @param dtype number type that all models were run in, {@code float32} or {@code bfloat16}
   * @param models what is to be known of each model beside its scores
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record EvalResult(
      @JsonPropertyDescription(
              "A row a task and candidate; not set where there are too many for a status: they are "
                  + "in results.json.")
          List<Score> scores,
      @JsonPropertyDescription("Unweighted mean over the tasks, a row a candidate.")
          List<Score> overall,
      @JsonPropertyDescription("Number type that all models were run in: float32 or bfloat16.")
          String dtype,
      @JsonPropertyDescription("What is to be known of each model beside its scores.")
          List<ModelNotes> models) {

    /** The same without the rows of tasks. */
    EvalResult withoutTasks() {
      return new EvalResult(null, overall, dtype, models);
    }
  }

  /**
   * What is to be known of a model's scores.
   *
   * @param name the model's
   * @param ties questions whose likeliest answer has an equal; the first of them counts
   * @param cut questions that were longer than the model's positions and lost their beginning
   */
  public record ModelNotes(
      @JsonPropertyDescription("Name of the model.") String name,
      @JsonPropertyDescription("Questions whose likeliest answer has an equal.") long ties,
      @JsonPropertyDescription("Questions that were too long and lost their beginning.")
          long cut) {}

  /**
   * One comparison, all scores 0 to 1.
   *
   * @param task the task
   * @param metric {@code acc} or {@code f1}
   * @param candidate the candidate's name
   * @param base the base model's score
   * @param tuned the candidate's score
   * @param delta tuned minus base
   * @param ciLow lower end of the paired bootstrap interval of delta
   * @param ciHigh upper end
   * @param n documents scored
   */
  public record Score(
      @JsonPropertyDescription("Name of the task.") String task,
      @JsonPropertyDescription("acc or f1.") String metric,
      @JsonPropertyDescription("Name of the candidate.") String candidate,
      @JsonPropertyDescription("Score of the base model, 0 to 1.") double base,
      @JsonPropertyDescription("Score of the candidate, 0 to 1.") double tuned,
      @JsonPropertyDescription("Candidate minus base.") double delta,
      @JsonPropertyDescription("Lower end of the paired bootstrap interval of delta.") double ciLow,
      @JsonPropertyDescription("Upper end of that interval.") double ciHigh,
      @JsonPropertyDescription("Documents scored.") long n) {}

  /**
   * How often a corpus is seen.
   *
   * @param name the corpus
   * @param epochs 1 is once from begin to end
   */
  public record CorpusPasses(
      @JsonPropertyDescription("Name of the corpus.") String name,
      @JsonPropertyDescription("How often it is seen; 1 is once from begin to end.")
          double epochs) {}

  /**
   * What a training will need, known before a device is held.
   *
   * @param summary the numbers below in one sentence
   * @param parameters of the model
   * @param device kind of GPU, or the CPU rank's share of the pod; null when not known
   * @param fits whether it has room, there and in host memory; null when its memory is not known
   * @param deviceBytes bytes that a device needs at its fullest moment
   * @param usableBytes bytes that a device has for tensors; null when not known
   * @param memory {@code deviceBytes} by part
   * @param hostBytes bytes of optimizer state in host memory, all devices; null for none
   * @param steps optimizer steps
   * @param tokens tokens trained on, repeated ones counted again
   * @param corpora how often each corpus is seen; null when none was looked at
   * @param tokensPerSecond expected of all devices together; null when not known
   * @param basis where {@code tokensPerSecond} is from
   * @param hours expected; null when not known
   * @param gpuHours hours times devices; null when not known
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record PlanResult(
      @JsonPropertyDescription("The plan in one sentence.") String summary,
      @JsonPropertyDescription("Parameters of the model.") long parameters,
      @JsonPropertyDescription(
              "Kind of GPU, or the CPU rank's share of the pod; not set when it is not known.")
          String device,
      @JsonPropertyDescription(
              "Whether the run fits the device's memory, and what is offloaded the pod's; not set "
                  + "when the device's is not known.")
          Boolean fits,
      @JsonPropertyDescription("Memory that a device needs at its fullest moment, in bytes.")
          long deviceBytes,
      @JsonPropertyDescription(
              "Memory that a device has for tensors, in bytes; not set when it is not known.")
          Long usableBytes,
      @JsonPropertyDescription("What deviceBytes is made of.") List<MemoryPart> memory,
      @JsonPropertyDescription(
              "Optimizer state in host memory, all devices together, in bytes; not set when it is "
                  + "not offloaded.")
          Long hostBytes,
      @JsonPropertyDescription("Optimizer steps.") long steps,
      @JsonPropertyDescription("Tokens trained on, repeated ones counted again.") long tokens,
      @JsonPropertyDescription("How often each corpus is seen.") List<CorpusPasses> corpora,
      @JsonPropertyDescription(
              "Expected tokens a second, all devices together; not set when it is not known.")
          Double tokensPerSecond,
      @JsonPropertyDescription("Where tokensPerSecond is from.") String basis,
      @JsonPropertyDescription("Expected hours of training; not set when it is not known.")
          Double hours,
      @JsonPropertyDescription(
              "Expected hours times GPUs; not set when it is not known or on CPUs.")
          Double gpuHours) {}

  /**
   * A part of a device's memory.
   *
   * @param part what it is for
   * @param bytes how much
   */
  public record MemoryPart(
      @JsonPropertyDescription("What it is for, for instance optimizer state.") String part,
      @JsonPropertyDescription("Size in bytes, at the device's fullest moment.") long bytes) {}
}
