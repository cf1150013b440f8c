package dev.keizoku.tokenizer;

import java.util.OptionalInt;

/** A model's tokenizer. Safe for use from many threads. */
public interface Tokenizer extends AutoCloseable {

  /**
   * The ids of a text. Nothing is added, cut off or padded. The name of a special token in the text
   * is text: a document that speaks of {@code <|endoftext|>} does not end there.
   *
   * @return ids in 0 .. {@link #vocabSize} - 1
   */
  int[] encode(String text);

  /**
   * The ids of a text in which the name of a special token is that token, as prompts of chat models
   * have it. Nothing else is added, cut off or padded. Never for text from outside.
   */
  int[] encodeWithSpecialTokens(String text);

  /** The text of ids, special tokens written by name; broken UTF-8 at the ends becomes U+FFFD. */
  String decode(int... ids);

  /** One more than the largest id. */
  int vocabSize();

  /** The token that ends a document. */
  int eosId();

  /** Its name. */
  String eosToken();

  /** The token that begins a text, for tokenizers that have one. */
  OptionalInt bosId();

  /** Whether the tokenizer itself puts {@link #bosId} before every text; {@link #encode} never. */
  boolean addsBos();

  /** The id of a token by name, special ones included; empty when there is none. */
  OptionalInt id(String token);

  /**
   * SHA-256, lower-case hex, over what the ids depend on: vocabulary, merges, added tokens,
   * normalizer and pre-tokenizer. Two tokenizers with the same are the same, however their files
   * are spelt.
   */
  String sha256();

  /** SHA-256 of the vocabulary file, by which corpora of before recipe 6 name their tokenizer. */
  String fileSha256();

  /** Whether it is the one that a corpus names, by {@link #sha256} or {@link #fileSha256}. */
  default boolean isThatOf(String named) {
    return sha256().equals(named) || fileSha256().equals(named);
  }

  /** Frees native memory. */
  @Override
  void close();
}
