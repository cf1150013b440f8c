package dev.keizoku.eval.request;

import java.util.Arrays;
import java.util.function.Function;

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
   * Splits.
   *
   * @param encode text to token ids, without special tokens
   * @param prefixToken what stands for an empty context: the tokenizer's BOS, or EOS if it has none
   */
  public static TokenSplit of(
      Function<String, int[]> encode, int prefixToken, String context, String continuation) {
    if (context.isEmpty()) {
      return new TokenSplit(new int[] {prefixToken}, encode.apply(continuation));
    }
    int end = PythonWhitespace.trimmedEnd(context);
    int[] contextTokens = encode.apply(context.substring(0, end));
    return new TokenSplit(
        contextTokens, rest(encode.apply(context + continuation), contextTokens.length));
  }

  private static int[] rest(int[] whole, int from) {
    return from >= whole.length ? new int[0] : Arrays.copyOfRange(whole, from, whole.length);
  }
}
