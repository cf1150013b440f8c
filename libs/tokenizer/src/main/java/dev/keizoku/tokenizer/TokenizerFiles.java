package dev.keizoku.tokenizer;

import java.util.List;
import java.util.Set;

/**
 * The files that make a tokenizer, by their names in a model's folder. Whoever copies one asks
 * here, so that a file that a new family brings is named once.
 */
public final class TokenizerFiles {
  /** The vocabulary as Hugging Face writes it. */
  public static final String JSON = "tokenizer.json";

  /** The vocabulary as the first Qwen models have it, under the name that they give it. */
  public static final String TIKTOKEN = "qwen.tiktoken";

  /** Ends the name of such a vocabulary, whatever it is called. */
  public static final String TIKTOKEN_ENDING = ".tiktoken";

  /** Which tokens begin and end a text; the first that says it counts. */
  public static final List<String> SPECIAL_TOKENS =
      List.of("tokenizer_config.json", "special_tokens_map.json");

  /**
   * All that {@link Tokenizers} reads, the vocabularies first: the first that is there is taken.
   */
  public static final List<String> READ =
      List.of(JSON, TIKTOKEN, SPECIAL_TOKENS.getFirst(), SPECIAL_TOKENS.getLast());

  /** What goes with a model to those who use it, besides {@link #READ}. */
  public static final List<String> PASSED_ON =
      List.of(
          "added_tokens.json",
          "chat_template.jinja",
          "merges.txt",
          "tokenizer.model",
          "vocab.json");

  private TokenizerFiles() {}

  /** Whether a name is that of a vocabulary. */
  public static boolean isVocabulary(String name) {
    return name.equals(JSON) || name.endsWith(TIKTOKEN_ENDING);
  }

  /** Whether {@link Tokenizers} looks at a file of that name. */
  public static boolean isRead(String name) {
    return isVocabulary(name) || SPECIAL_TOKENS.contains(name);
  }

  /** Whether there is a vocabulary among a folder's names. */
  public static boolean complete(Set<String> names) {
    return names.contains(JSON) || names.contains(TIKTOKEN);
  }
}
