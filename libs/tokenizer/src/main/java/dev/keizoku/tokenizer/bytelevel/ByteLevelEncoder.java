package dev.keizoku.tokenizer.bytelevel;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ids that a byte-level tokenizer gives to a text, ten times as fast as the library that wrote
 * it. Short pieces come again and again; their ids are kept. Safe for use from many threads.
 */
public final class ByteLevelEncoder {
  private static final int MOST_KEPT = 1 << 16;
  private static final int LONGEST_KEPT = 16;

  /** Longer pieces come again soon or never: a question with each of its answers, say. */
  private static final int RECENT = 1 << 12;

  /** Characters of a piece; longer ones are left to the library, whose time grows slower. */
  private static final int LONGEST = 256;

  private final PieceCut cut;
  private final Merges merges;
  private final List<String> names;
  private final Map<String, int[]> kept = new ConcurrentHashMap<>();

  /** By a part of the hash; a thread that sees an older entry than another only works once more. */
  private final Recent[] recent = new Recent[RECENT];

  private ByteLevelEncoder(PieceCut cut, Merges merges, List<String> names) {
    this.cut = cut;
    this.merges = merges;
    this.names = names;
  }

  /**
   * The encoder of a tokenizer.
   *
   * @param tokenizer {@code tokenizer.json}
   * @return empty where it works in another way
   */
  public static Optional<ByteLevelEncoder> of(JsonNode tokenizer) {
    var normalizer = tokenizer.path("normalizer");
    var model = tokenizer.path("model");
    boolean isPlain =
        (isNone(normalizer) || "NFC".equals(normalizer.path("type").asText()))
            && "BPE".equals(model.path("type").asText("BPE"))
            && model.path("dropout").asDouble() == 0
            && model.path("continuing_subword_prefix").asText("").isEmpty()
            && model.path("end_of_word_suffix").asText("").isEmpty()
            && !model.path("byte_fallback").asBoolean();
    if (!isPlain) {
      return Optional.empty();
    }
    var cut = PieceCut.of(tokenizer.path("pre_tokenizer"));
    return cut.flatMap(
        by -> Merges.of(model).map(merges -> new ByteLevelEncoder(by, merges, names(tokenizer))));
  }

  private static boolean isNone(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }

  /** What is a token wherever it stands, as it is written and as it is composed. */
  private static List<String> names(JsonNode tokenizer) {
    var names = new ArrayList<String>();
    for (var token : tokenizer.path("added_tokens")) {
      var name = token.path("content").asText();
      names.add(name);
      names.add(Normalizer.normalize(name, Normalizer.Form.NFC));
    }
    // A name with other characters stands in no text that is read here.
    return names.stream().filter(PieceCut::isKnown).distinct().toList();
  }

  /** The ids of a text; empty where only the library surely knows them. */
  public Optional<int[]> encode(String text) {
    if (!PieceCut.isKnown(text) || names.stream().anyMatch(text::contains)) {
      return Optional.empty();
    }
    var ids = new Ids(text.length());
    var piece = cut.matches(text);
    int from = 0;
    while (from < text.length()) {
      boolean found = piece.find();
      int begin = found ? piece.start() : text.length();
      int end = found ? piece.end() : text.length();
      if (begin - from > LONGEST || end - begin > LONGEST) {
        return Optional.empty();
      }
      if (begin > from) {
        ids.add(ids(text.substring(from, begin)));
      }
      if (end > begin) {
        ids.add(ids(text.substring(begin, end)));
      }
      from = end;
    }
    return Optional.of(ids.all());
  }

  private int[] ids(String piece) {
    if (piece.length() > LONGEST_KEPT) {
      return recent(piece);
    }
    var known = kept.get(piece);
    if (known == null) {
      known = merges.ids(piece.getBytes(StandardCharsets.UTF_8));
      if (kept.size() < MOST_KEPT) {
        kept.put(piece, known);
      }
    }
    return known;
  }

  private record Recent(String piece, int[] ids) {}

  private int[] recent(String piece) {
    int place = (piece.hashCode() * 0x9E37_79B9) >>> 20;
    var seen = recent[place];
    if (seen != null && seen.piece.equals(piece)) {
      return seen.ids;
    }
    var ids = merges.ids(piece.getBytes(StandardCharsets.UTF_8));
    recent[place] = new Recent(piece, ids);
    return ids;
  }

  /** Ids that become more. */
  private static final class Ids {
    private int[] ids;
    private int count;

    Ids(int capacity) {
      ids = new int[capacity];
    }

    void add(int... more) {
      if (count + more.length > ids.length) {
        ids = Arrays.copyOf(ids, 2 * (count + more.length));
      }
      System.arraycopy(more, 0, ids, count, more.length);
      count += more.length;
    }

    int[] all() {
      return Arrays.copyOf(ids, count);
    }
  }
}
