package dev.keizoku.llm.generate;

import dev.keizoku.tokenizer.TextStart;
import dev.keizoku.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Texts that a model is let to continue. */
public final class Prompts {
  private static final String FINANCIAL = "financial-prompts.txt";

  private Prompts() {}

  /** Ten beginnings of Japanese financial text, for runs that name none of their own. */
  public static List<String> financial() {
    try (var in = Prompts.class.getResourceAsStream(FINANCIAL)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Prompts as a model reads them: special tokens by name are such tokens, and an empty prompt is
   * the token that ends a document.
   *
   * @param start what stands in front of each
   * @return at least one id each
   */
  public static List<int[]> tokens(Tokenizer tokenizer, TextStart start, List<String> prompts) {
    return prompts.stream()
        .map(prompt -> start.before(tokenizer.encodeWithSpecialTokens(prompt)))
        .map(ids -> ids.length > 0 ? ids : new int[] {tokenizer.eosId()})
        .toList();
  }
}
