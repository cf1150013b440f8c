package dev.keizoku.llm.generate;

import dev.keizoku.llm.model.attention.KvCache;

/**
 * The next tokens of a sequence.
 *
 * @param cache the sequence's past; holds the tokens afterwards
 * @param tokens ids, at least one
 * @param wanted positions in {@code tokens} after which the next token's probabilities are wanted,
 *     rising
 */
public record Chunk(KvCache cache, int[] tokens, int[] wanted) {

  /** A chunk of which only the last position is wanted. */
  public static Chunk last(KvCache cache, int... tokens) {
    return new Chunk(cache, tokens, new int[] {tokens.length - 1});
  }
}
