package dev.keizoku.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * The last word of a program, at most 4,096 bytes of JSON in the container's termination message.
 * The result of the run's own kind is set, the others are null.
 *
 * @param runUid the run's identity
 * @param reason CamelCase word, {@code Completed} on success
 * @param message one sentence; on a fault it says what to do
 * @param artifact what was committed; null when nothing was
 * @param corpus result of a corpus run
 * @param train result of a training run
 * @param eval result of an evaluation
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FinalReport(
    String runUid,
    String reason,
    String message,
    Artifact artifact,
    CorpusResult corpus,
    TrainResult train,
    EvalResult eval) {

  /** The limit that the kubelet sets on a termination message. */
  public static final int MAX_BYTES = 4096;

  /**
   * @param version digest of the version, 64 hex characters
   * @param documents documents kept for training
   * @param tokens tokens for training
   * @param heldOutDocuments documents kept out
   * @param heldOutTokens tokens kept out
   * @param dropped documents dropped, by reason
   * @param tokenizerSha256 digest of {@code tokenizer.json}
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record CorpusResult(
      String version,
      long documents,
      long tokens,
      long heldOutDocuments,
      long heldOutTokens,
      Map<String, Long> dropped,
      String tokenizerSha256) {}

  /**
   * @param steps optimizer steps done
   * @param tokens tokens trained on
   * @param finalLoss mean training loss of the last step, nats a token
   * @param perplexity of each held-out set before the first and after the last step
   * @param resumedFromStep step of the checkpoint that this attempt began from; null for a fresh
   *     start
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record TrainResult(
      long steps,
      long tokens,
      double finalLoss,
      List<Perplexity> perplexity,
      Long resumedFromStep) {}

  /**
   * @param name the held-out set's
   * @param before exp of the mean loss a token before training
   * @param after the same after training
   */
  public record Perplexity(String name, double before, double after) {}

  /**
   * @param scores a row a task and candidate
   * @param overall unweighted mean over the tasks, a row a candidate; {@code task} is {@code
   *     overall}
   */
  public record EvalResult(List<Score> scores, List<Score> overall) {}

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
      String task,
      String metric,
      String candidate,
      double base,
      double tuned,
      double delta,
      double ciLow,
      double ciHigh,
      long n) {}
}
