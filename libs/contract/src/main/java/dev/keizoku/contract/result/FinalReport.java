package dev.keizoku.contract.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.keizoku.contract.fault.Reason;
import java.util.function.UnaryOperator;

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
 * @param evalPlan the same of an evaluation
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
    EvalPlan evalPlan,
    Long lastCheckpointStep) {

  /** A report without a result. */
  public static FinalReport of(String runUid, Reason reason, String message) {
    return new FinalReport(
        runUid, reason.word(), message, null, null, null, null, null, null, null);
  }

  /** The same with what was committed and the result of a corpus run. */
  public FinalReport with(Artifact committed, CorpusResult result) {
    return new FinalReport(
        runUid, reason, message, committed, result, null, null, plan, evalPlan, lastCheckpointStep);
  }

  /** The same with what was committed and the result of a training run. */
  public FinalReport with(Artifact committed, TrainResult result) {
    return new FinalReport(
        runUid, reason, message, committed, null, result, null, plan, evalPlan, lastCheckpointStep);
  }

  /** The same with what was committed and the result of an evaluation. */
  public FinalReport with(Artifact committed, EvalResult result) {
    return new FinalReport(
        runUid, reason, message, committed, null, null, result, plan, evalPlan, lastCheckpointStep);
  }

  /** The same with what a training will need. */
  public FinalReport withPlan(PlanResult result) {
    return new FinalReport(
        runUid,
        reason,
        message,
        artifact,
        corpus,
        train,
        eval,
        result,
        evalPlan,
        lastCheckpointStep);
  }

  /** The same with what an evaluation will ask and take. */
  public FinalReport withPlan(EvalPlan result) {
    return new FinalReport(
        runUid, reason, message, artifact, corpus, train, eval, plan, result, lastCheckpointStep);
  }

  /** The same with that message. */
  public FinalReport withMessage(String sentence) {
    return new FinalReport(
        runUid,
        reason,
        sentence,
        artifact,
        corpus,
        train,
        eval,
        plan,
        evalPlan,
        lastCheckpointStep);
  }

  /** The same with another result of a corpus run, where there is one. */
  public FinalReport withCorpus(UnaryOperator<CorpusResult> change) {
    return corpus == null ? this : with(artifact, change.apply(corpus));
  }

  /** The same with an evaluation's overall rows alone. */
  public FinalReport withoutTaskScores() {
    return with(eval == null ? null : eval.withoutTasks());
  }

  /** The same without an evaluation's notes on its models. */
  public FinalReport withoutNotes() {
    return with(eval == null ? null : eval.withoutNotes());
  }

  /** The same without what an evaluation's judge says. */
  public FinalReport withoutJudge() {
    return with(eval == null ? null : eval.withoutJudge());
  }

  /** The same with one overall row: the summaries tell of every candidate. */
  public FinalReport withFirstOverall() {
    return with(eval == null ? null : eval.withFirst());
  }

  private FinalReport with(EvalResult result) {
    return new FinalReport(
        runUid,
        reason,
        message,
        artifact,
        corpus,
        train,
        result,
        plan,
        evalPlan,
        lastCheckpointStep);
  }

  /** The same without the result of the run's kind, which lies beside the artifact too. */
  public FinalReport withoutResult() {
    return new FinalReport(
        runUid, reason, message, artifact, null, null, null, null, null, lastCheckpointStep);
  }

  /** The same with that newest checkpoint. */
  public FinalReport withLastCheckpoint(Long step) {
    return new FinalReport(
        runUid, reason, message, artifact, corpus, train, eval, plan, evalPlan, step);
  }

  /** The limit that the kubelet sets on a termination message. */
  public static final int MAX_BYTES = 4096;
}
