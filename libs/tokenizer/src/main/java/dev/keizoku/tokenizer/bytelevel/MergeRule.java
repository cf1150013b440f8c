package dev.keizoku.tokenizer.bytelevel;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A merge of byte pair encoding, in both spellings: {@code "a b"} and {@code ["a", "b"]}.
 *
 * @param first the token on the left
 * @param second the token on the right
 */
public record MergeRule(String first, String second) {

  /** Reads one of a {@code tokenizer.json}. */
  public static MergeRule of(JsonNode merge) {
    if (merge.isArray()) {
      return new MergeRule(merge.path(0).asText(), merge.path(1).asText());
    }
    var text = merge.asText();
    var space = text.indexOf(' ', 1);
    return space < 0
        ? new MergeRule(text, "")
        : new MergeRule(text.substring(0, space), text.substring(space + 1));
  }
}
