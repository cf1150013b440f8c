package dev.keizoku.tokenizer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keizoku.tokenizer.bytelevel.ByteLetters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A {@code .tiktoken} vocabulary of the first Qwen models as {@code tokenizer.json} with equal ids,
 * for programs that run no code of a model.
 *
 * <p>tiktoken joins any two neighbours that are a token together, the lowest rank first, and takes
 * a whole word that is a token as it is. Byte pair encoding from a list of merges does the same
 * when the list has every way to cut each token in two, in the order of the ranks, and {@code
 * ignore_merges} is set. Source: transformers {@code convert_slow_tokenizer.py}, {@code
 * TikTokenConverter}.
 */
public final class TiktokenAsJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String TYPE = "type";

  private TiktokenAsJson() {}

  /**
   * The file.
   *
   * @param file name of the vocabulary, for messages
   * @param content of the vocabulary
   * @return {@code tokenizer.json}
   * @throws dev.keizoku.contract.fault.RunFault user error {@code TokenizerInvalid}
   */
  public static byte[] of(String file, byte[] content) {
    try {
      return JSON.writeValueAsBytes(of(TiktokenVocabulary.read(file, content)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON nodes is JSON", e);
    }
  }

  static ObjectNode of(TiktokenVocabulary vocabulary) {
    var root = NODES.objectNode();
    root.put("version", "1.0").putNull("truncation").putNull("padding");
    var added = root.putArray("added_tokens");
    vocabulary
        .special()
        .forEach(
            (name, id) ->
                added
                    .addObject()
                    .put("id", id)
                    .put("content", name)
                    .put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false)
                    .put("special", true));
    root.putObject("normalizer").put(TYPE, "NFC");
    var parts = root.putObject("pre_tokenizer").put(TYPE, "Sequence").putArray("pretokenizers");
    var split = parts.addObject().put(TYPE, "Split");
    split.putObject("pattern").put("Regex", TiktokenVocabulary.PATTERN);
    split.put("behavior", "Isolated").put("invert", false);
    parts.add(byteLevel());
    root.set("post_processor", byteLevel());
    root.set("decoder", byteLevel());
    root.set("model", model(vocabulary));
    return root;
  }

  private static ObjectNode byteLevel() {
    return NODES
        .objectNode()
        .put(TYPE, "ByteLevel")
        .put("add_prefix_space", false)
        .put("trim_offsets", false)
        .put("use_regex", false);
  }

  private static ObjectNode model(TiktokenVocabulary vocabulary) {
    var model = NODES.objectNode().put(TYPE, "BPE").putNull("dropout").putNull("unk_token");
    model.putNull("continuing_subword_prefix").putNull("end_of_word_suffix");
    model.put("fuse_unk", false).put("byte_fallback", false).put("ignore_merges", true);
    var ranks = new HashMap<String, Integer>();
    var words = vocabulary.tokens().stream().map(ByteLetters::of).toList();
    var names = model.putObject("vocab");
    for (var word : words) {
      names.put(word, ranks.size());
      ranks.put(word, ranks.size());
    }
    var merges = model.putArray("merges");
    for (var word : words) {
      for (var cut : cuts(word, ranks)) {
        merges.add(word.substring(0, cut) + ' ' + word.substring(cut));
      }
    }
    return model;
  }

  /** Where a token can be cut into two tokens, the one of the lower ranks first. */
  private static List<Integer> cuts(String word, Map<String, Integer> ranks) {
    var cuts = new ArrayList<Integer>();
    for (var cut = 1; cut < word.length(); cut++) {
      if (ranks.containsKey(word.substring(0, cut)) && ranks.containsKey(word.substring(cut))) {
        cuts.add(cut);
      }
    }
    cuts.sort(
        Comparator.comparing((Integer cut) -> ranks.get(word.substring(0, cut)))
            .thenComparing(cut -> ranks.get(word.substring(cut))));
    return cuts;
  }
}
