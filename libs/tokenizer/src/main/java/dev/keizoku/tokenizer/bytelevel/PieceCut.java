package dev.keizoku.tokenizer.bytelevel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.BitSet;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a tokenizer cuts a text into pieces before it looks for tokens: by a pattern, whose matches
 * are pieces and what lies between them too. The library's patterns are Oniguruma's; those of
 * letters, classes, choices and repetitions mean the same in Java, over characters of which both
 * know the same.
 */
final class PieceCut {
  /** Source: tokenizers {@code byte_level.rs}. */
  private static final String GPT2 =
      "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

  private static final Pattern ALIKE =
      Pattern.compile(
          "(?:\\\\[pP]\\{(?:L[ultmo]?|[NM]|Han|Hiragana|Katakana)\\}|\\\\[srnS]|\\(\\?(?:i?:|!)"
              + "|\\[(?!\\[)|\\{\\d+(?:,\\d*)?\\}(?!\\+)|[A-Za-z0-9 'ぁ-ヿ一-龥/|()\\]^?*+,-])+");

  private static final Pattern SCRIPT = Pattern.compile("\\{(Han|Hiragana|Katakana)\\}");

  /** Characters that no normal form composes changes, and whose kinds and scripts are old. */
  private static final BitSet KNOWN = new BitSet(1 << 16);

  static {
    int[][] ranges = {
      {'\t', '\n'},
      {'\r', '\r'},
      {' ', '~'},
      {0xA0, 0xFF},
      {0x391, 0x3A9},
      {0x3B1, 0x3C9},
      {0x410, 0x44F},
      {0x2010, 0x2027},
      {0x2030, 0x205E},
      {0x2100, 0x2125},
      {0x2150, 0x2328},
      {0x2460, 0x27BF},
      {0x3000, 0x3029},
      {0x3041, 0x3096},
      {0x309B, 0x30FF},
      {0x3200, 0x33FF},
      {0x4E00, 0x9FEF},
      {0xFF01, 0xFFEE}
    };
    for (var range : ranges) {
      KNOWN.set(range[0], range[1] + 1);
    }
  }

  private final Pattern pattern;

  private PieceCut(Pattern pattern) {
    this.pattern = pattern;
  }

  /**
   * How a tokenizer cuts.
   *
   * @param preTokenizer of {@code tokenizer.json}
   * @return empty where it is done in another way
   */
  static Optional<PieceCut> of(JsonNode preTokenizer) {
    if (isByteLevel(preTokenizer)) {
      // Without a pattern a text is one piece.
      return preTokenizer.path("use_regex").asBoolean(true) ? of(GPT2) : Optional.empty();
    }
    var parts = preTokenizer.path("pretokenizers");
    var split = parts.path(0);
    boolean isKnown =
        parts.size() == 2
            && "Split".equals(split.path("type").asText())
            && "Isolated".equals(split.path("behavior").asText())
            && !split.path("invert").asBoolean()
            && isByteLevel(parts.path(1))
            && !parts.path(1).path("use_regex").asBoolean(true);
    return isKnown ? of(split.path("pattern").path("Regex").asText()) : Optional.empty();
  }

  private static boolean isByteLevel(JsonNode part) {
    return "ByteLevel".equals(part.path("type").asText())
        && !part.path("add_prefix_space").asBoolean(true);
  }

  private static Optional<PieceCut> of(String pattern) {
    if (!ALIKE.matcher(pattern).matches()) {
      return Optional.empty();
    }
    var java =
        Pattern.compile(
            SCRIPT.matcher(pattern).replaceAll("{Is$1}"), Pattern.UNICODE_CHARACTER_CLASS);
    return java.matcher("").find() ? Optional.empty() : Optional.of(new PieceCut(java));
  }

  /** Whether the library is sure to cut a text in the same places. */
  static boolean isKnown(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!KNOWN.get(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Finds the matches in a text. */
  Matcher matches(String text) {
    return pattern.matcher(text);
  }
}
