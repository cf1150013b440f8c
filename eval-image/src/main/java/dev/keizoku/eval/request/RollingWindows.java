package dev.keizoku.eval.request;

import dev.keizoku.tokenizer.TextStart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A document's tokens in windows of the model's length: every token is predicted once, the first
 * after the prefix token, those of later windows after as many tokens before as fit.
 *
 * <p>Source: EleutherAI/lm-evaluation-harness 0.4.9.1, {@code utils.get_rolling_token_windows} with
 * {@code context_len} 1, and {@code make_disjoint_window}; with add_bos_token it predicts BOS too
 * and begins later windows without.
 */
public final class RollingWindows {
  private RollingWindows() {}

  /**
   * The windows, in order.
   *
   * @param tokens of the document
   * @param start what stands in front of a text: in front of every window then, since a model that
   *     was trained with BOS tells little without it
   * @param prefixToken what the first token is predicted from
   * @param maxLength longest input of the model, tokens
   */
  public static List<TokenSplit> of(int[] tokens, TextStart start, int prefixToken, int maxLength) {
    var windows = new ArrayList<TokenSplit>();
    int first = Math.min(maxLength, tokens.length);
    windows.add(new TokenSplit(new int[] {prefixToken}, Arrays.copyOf(tokens, first)));
    int room = maxLength - start.before().length;
    for (int predicted = first; predicted < tokens.length; ) {
      int end = Math.min(tokens.length, predicted + room);
      windows.add(
          new TokenSplit(
              start.before(Arrays.copyOfRange(tokens, end - room - 1, predicted)),
              Arrays.copyOfRange(tokens, predicted, end)));
      predicted = end;
    }
    return windows;
  }
}
