package dev.keizoku.trainer.loop;

import dev.keizoku.storage.StoreUri;
import dev.keizoku.tokenizer.TextStart;
import dev.keizoku.tokenizer.Tokenizers;
import java.util.Map;

/**
 * What a run has to know of the model's tokenizer when it does not tokenize.
 *
 * @param sha256 over what the ids depend on
 * @param fileSha256 of the vocabulary file
 * @param vocabSize one more than the largest id
 * @param start what stands in front of every text
 */
record TokenizerFacts(String sha256, String fileSha256, int vocabSize, TextStart start) {

  /**
   * Opens the tokenizer and closes it again.
   *
   * @param addBosToken as the run says it
   * @throws dev.keizoku.contract.fault.RunFault user errors {@code TokenizerInvalid}, {@code
   *     NoBosToken}
   */
  static TokenizerFacts of(Map<String, byte[]> files, StoreUri where, Boolean addBosToken) {
    try (var tokenizer = Tokenizers.of(files, where)) {
      return new TokenizerFacts(
          tokenizer.sha256(),
          tokenizer.fileSha256(),
          tokenizer.vocabSize(),
          TextStart.of(tokenizer, addBosToken));
    }
  }

  /** Whether it is the one that a corpus names; those of old name its file. */
  boolean areThoseOf(String named) {
    return sha256.equals(named) || fileSha256.equals(named);
  }
}
