package dev.keizoku.eval.items;

import dev.keizoku.contract.bytes.Digests;

/**
 * All that the scores of a model depend on beside what it is asked. Scores of two runs are the same
 * where these are.
 *
 * @param scorer number of the way of scoring
 * @param model digest of its content: weights, configuration and tokenizer
 * @param dtype number type that it is run in
 * @param addBosToken whether texts begin with BOS; null: what the tokenizer does itself
 * @param platform library and kind of processor
 */
public record ModelKey(
    String scorer, String model, String dtype, Boolean addBosToken, String platform) {
  /** Another number when scores of the same requests may come out differently. */
  static final String SCORER = "6";

  private static final int NAME = 32;

  /** The key of this release's scores. */
  public static ModelKey of(String model, String dtype, Boolean addBosToken, String platform) {
    return new ModelKey(SCORER, model, dtype, addBosToken, platform);
  }

  /** Name of the folder of its scores. */
  String folder() {
    var parts = String.join("\n", scorer, model, dtype, String.valueOf(addBosToken), platform);
    return Digests.sha256(parts).substring(0, NAME);
  }
}
