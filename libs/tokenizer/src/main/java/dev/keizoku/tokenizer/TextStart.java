package dev.keizoku.tokenizer;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import java.util.OptionalInt;

/**
 * What stands in front of every text that a model reads, in training and after it: the tokenizer's
 * BOS token, or nothing.
 *
 * @param bosId empty for nothing
 */
public record TextStart(OptionalInt bosId) {
  /** No token. */
  public static final TextStart NOTHING = new TextStart(OptionalInt.empty());

  /**
   * What a run asks for.
   *
   * @param addBosToken null: what the tokenizer does itself
   * @throws RunFault user error {@code NoBosToken} when the tokenizer has none
   */
  public static TextStart of(Tokenizer tokenizer, Boolean addBosToken) {
    if (addBosToken == null ? !tokenizer.addsBos() : !addBosToken) {
      return NOTHING;
    }
    if (tokenizer.bosId().isEmpty()) {
      throw RunFault.userError(
          Reason.NO_BOS_TOKEN,
          "addBosToken is true, but the tokenizer has no BOS token (bos_token in"
              + " tokenizer_config.json); leave addBosToken out, or give the tokenizer that the"
              + " model was trained with.");
    }
    return new TextStart(tokenizer.bosId());
  }

  /** A text's ids with it in front; once, where a prompt writes it out. */
  public int[] before(int... ids) {
    if (bosId.isEmpty() || ids.length > 0 && ids[0] == bosId.getAsInt()) {
      return ids;
    }
    var started = new int[ids.length + 1];
    started[0] = bosId.getAsInt();
    System.arraycopy(ids, 0, started, 1, ids.length);
    return started;
  }

  /** Its id as a file names it; null for nothing. */
  public Integer named() {
    return bosId.isPresent() ? bosId.getAsInt() : null;
  }
}
