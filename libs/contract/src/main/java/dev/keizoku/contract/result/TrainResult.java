package dev.keizoku.contract.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/**
 * What a training run did.
 *
 * @param steps optimizer steps done
 * @param tokens tokens trained on
 * @param finalLoss mean training loss of the last step, nats a token
 * @param perplexity of each held-out set before the first step and of the exported model
 * @param resumedFromStep step of the checkpoint that this attempt began from; null for a fresh
 *     start
 * @param exportedStep step whose model was exported
 * @param heldOutOverlap documents that were not trained on as another corpus of the training holds
 *     them out, by corpus; null where there was none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TrainResult(
    @JsonPropertyDescription("Optimizer steps done.") long steps,
    @JsonPropertyDescription("Tokens trained on.") long tokens,
    @JsonPropertyDescription("Mean training loss of the last step, nats a token.") double finalLoss,
    @JsonPropertyDescription("Perplexity of each held-out set.") List<Perplexity> perplexity,
    @JsonPropertyDescription(
            "Step of the checkpoint that the last attempt began from; not set for a fresh start.")
        Long resumedFromStep,
    @JsonPropertyDescription("Optimizer step whose model was exported.") Long exportedStep,
    @JsonPropertyDescription(
            "Documents that were not trained on, as another corpus of the training holds them out; "
                + "not set where there was none.")
        List<Overlap> heldOutOverlap) {
  /**
   * @param corpus that has them in its training split
   * @param heldOutBy corpora that hold them out
   * @param documents how many
   * @param tokens how many they have
   */
  public record Overlap(
      @JsonPropertyDescription("The corpus that has them in its training split.") String corpus,
      @JsonPropertyDescription("The corpora that hold them out.") List<String> heldOutBy,
      @JsonPropertyDescription("How many documents.") long documents,
      @JsonPropertyDescription("How many tokens they have.") long tokens) {}

  /**
   * @param name the held-out set's
   * @param before exp of the mean loss a token before training
   * @param after the same of the exported model
   */
  public record Perplexity(
      @JsonPropertyDescription("Name of the held-out set: its corpus.") String name,
      @JsonPropertyDescription("exp of the mean loss a token before training.") double before,
      @JsonPropertyDescription("The same of the exported model.") double after) {}
}
