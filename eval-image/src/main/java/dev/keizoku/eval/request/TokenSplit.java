package dev.keizoku.eval.request;

import dev.keizoku.tokenizer.TextStart;
import dev.keizoku.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.List;

/**
 * The tokens of a context and of a continuation after it, as the reference splits them.
 *
 * <p>Blanks at the end of the context move to the front of the continuation. The continuation's
 * tokens are what the tokens of both together have beyond the context's own number; where a merge
 * crosses the boundary, context + continuation are therefore not the tokens of the text.
 *
 * <p>Source: EleutherAI/lm-evaluation-harness 0.4.9.1, {@code TemplateLM._encode_pair}.
 *
 * @param context token ids; none only where the context is nothing but blanks
 * @param continuation token ids
 */
public record TokenSplit(int[] context, int[] continuation) {

  /**
   * Splits what may follow one context, which is made tokens of once.
   *
   * @param tokenizer of the model; names of special tokens in a prompt are such tokens
   * @param start what stands in front of a text; for an empty context always one token does: the
   *     tokenizer's BOS, or EOS if it has none
   */
  public static List<TokenSplit> of(
      Tokenizer tokenizer, TextStart start, String context, List<String> continuations) {
    if (context.isEmpty()) {
      int[] prefix = {tokenizer.bosId().orElse(tokenizer.eosId())};
      return continuations.stream()
          .map(text -> new TokenSplit(prefix, tokenizer.encodeWithSpecialTokens(text)))
          .toList();
    }
    int end = PythonWhitespace.trimmedEnd(context);
    int[] before = tokens(tokenizer, start, context.substring(0, end));
    return continuations.stream()
        .map(text -> tokens(tokenizer, start, context + text))
        .map(whole -> new TokenSplit(before, rest(whole, before.length)))
        .toList();
  }

  private static int[] tokens(Tokenizer tokenizer, TextStart start, String text) {
    return start.before(tokenizer.encodeWithSpecialTokens(text));
  }

  private static int[] rest(int[] whole, int from) {
    return from >= whole.length ? new int[0] : Arrays.copyOfRange(whole, from, whole.length);
  }
}
