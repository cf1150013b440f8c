package dev.keizoku.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A {@code .tiktoken} file of the first Qwen models: byte strings by rank, and the special tokens
 * that their code puts behind them. Source: Qwen/Qwen-7B tokenization_qwen.py.
 *
 * @param tokens by rank, which is the id
 * @param special ids by name, in the order of the ids
 */
record TiktokenVocabulary(List<byte[]> tokens, Map<String, Integer> special) {
  static final String EOS = "<|endoftext|>";

  /** How a text is cut before pairs are merged, as Rust's and Python's expressions read it. */
  static final String PATTERN =
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}"
          + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

  private static final int BYTES = 256;
  private static final int EXTRA_TOKENS = 205;

  /**
   * Reads a file.
   *
   * @param file its name, for messages
   * @param content lines of a token's bytes in Base64, a space and its rank
   * @throws dev.keizoku.contract.fault.RunFault user error {@code TokenizerInvalid} that names the
   *     line
   */
  static TiktokenVocabulary read(String file, byte[] content) {
    var tokens = new ArrayList<byte[]>();
    for (var line :
        (Iterable<String>) new String(content, StandardCharsets.ISO_8859_1).lines()::iterator) {
      var space = line.indexOf(' ');
      try {
        var token = Base64.getDecoder().decode(line.substring(0, Math.max(space, 0)));
        if (space <= 0 || Integer.parseInt(line.substring(space + 1).strip()) != tokens.size()) {
          throw new IllegalArgumentException("ranks do not follow each other");
        }
        tokens.add(token);
      } catch (IllegalArgumentException e) {
        throw TokenizerFaults.invalid(
            file, "line " + (tokens.size() + 1) + " is not a token in Base64 and its rank", e);
      }
    }
    if (tokens.size() < BYTES) {
      throw TokenizerFaults.invalid(file, "it has fewer tokens than there are bytes", null);
    }
    return new TiktokenVocabulary(tokens, special(tokens.size()));
  }

  private static Map<String, Integer> special(int ranks) {
    var special = new LinkedHashMap<String, Integer>();
    special.put(EOS, ranks);
    special.put("<|im_start|>", ranks + 1);
    special.put("<|im_end|>", ranks + 2);
    for (var i = 0; i < EXTRA_TOKENS; i++) {
      special.put("<|extra_" + i + "|>", ranks + 3 + i);
    }
    return special;
  }
}
