package dev.keizoku.corpus.tokenize;

import dev.keizoku.tokenizer.TextStart;
import dev.keizoku.tokenizer.Tokenizer;
import java.util.Arrays;

/**
 * A document's token ids.
 *
 * @param ids the last one is the end-of-text token
 */
public record TokenizedDocument(int[] ids) {

  /** The ids of a text, with the end-of-text token and, where there is one, the first token. */
  public static TokenizedDocument of(Tokenizer tokenizer, TextStart start, String text) {
    var ids = start.before(tokenizer.encode(text));
    var ended = Arrays.copyOf(ids, ids.length + 1);
    ended[ids.length] = tokenizer.eosId();
    return new TokenizedDocument(ended);
  }
}
