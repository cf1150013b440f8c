package dev.keizoku.tokenizer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.keizoku.tokenizer.bytelevel.MergeRule;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Makes the names of control tokens ordinary text: a document that holds {@code <|im_end|>} must
 * not end a turn.
 *
 * <p>Control tokens are renamed to what no text holds, never taken out: the library numbers added
 * tokens in the order in which it adds them, so that those behind would get other ids.
 */
final class ControlWords {
  private static final String SPECIAL = "special";
  private static final String CONTENT = "content";

  /** A noncharacter and a random number, so that a text cannot be written to match. */
  private final String prefix = "\uFDD0" + UUID.randomUUID() + ' ';

  private final Map<String, String> renamed = new LinkedHashMap<>();
  private final ObjectNode root;

  private ControlWords(ObjectNode root) {
    this.root = root;
  }

  /**
   * Changes a tokenizer so that it reads text from outside.
   *
   * @param tokenizer {@code tokenizer.json}
   */
  static void becomeText(ObjectNode tokenizer) {
    // It names control tokens, and puts some around a text; nothing is added here.
    tokenizer.putNull("post_processor");
    new ControlWords(tokenizer).rename();
  }

  private void rename() {
    for (var token : root.path("added_tokens")) {
      if (token.path(SPECIAL).asBoolean() && token instanceof ObjectNode special) {
        var name = token.path(CONTENT).asText();
        renamed.put(name, prefix + renamed.size());
        special.put(CONTENT, renamed.get(name));
      }
    }
    if (root.get("model") instanceof ObjectNode model) {
      var vocabulary = model.get("vocab");
      if (vocabulary instanceof ObjectNode names) {
        model.set("vocab", renamed(names));
      } else if (vocabulary instanceof ArrayNode pieces) {
        renamePieces(pieces);
      }
      if (model.get("merges") instanceof ArrayNode merges) {
        dropMerges(merges);
      }
      var unknown = model.path("unk_token").asText();
      if (renamed.containsKey(unknown)) {
        model.put("unk_token", renamed.get(unknown));
      }
    }
  }

  private ObjectNode renamed(ObjectNode vocabulary) {
    var names = vocabulary.objectNode();
    vocabulary
        .properties()
        .forEach(e -> names.set(renamed.getOrDefault(e.getKey(), e.getKey()), e.getValue()));
    return names;
  }

  /** Unigram takes any piece that a text holds, those of control tokens too. */
  private void renamePieces(ArrayNode pieces) {
    for (var piece : pieces) {
      if (piece instanceof ArrayNode pair && renamed.containsKey(pair.path(0).asText())) {
        pair.set(0, new TextNode(renamed.get(pair.path(0).asText())));
      }
    }
  }

  /** Those that lead to a control token apply to its name only. */
  private void dropMerges(ArrayNode merges) {
    for (var i = merges.size() - 1; i >= 0; i--) {
      var pair = MergeRule.of(merges.get(i));
      if (renamed.containsKey(pair.first())
          || renamed.containsKey(pair.second())
          || renamed.containsKey(pair.first() + pair.second())) {
        merges.remove(i);
      }
    }
  }
}
