package dev.keizoku.tokenizer;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.GptBytePairEncodingParams;
import com.knuddels.jtokkit.api.IntArrayList;
import dev.keizoku.contract.bytes.Digests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A {@code .tiktoken} vocabulary as the first Qwen models use it (rinna/nekomata among them): byte
 * pair encoding after Qwen's pattern, text in Unicode NFC, 208 special tokens behind the ranks.
 *
 * <p>Source: Qwen/Qwen-7B tokenization_qwen.py.
 */
public final class TiktokenTokenizer implements Tokenizer {
  private static final String EOS = "<|endoftext|>";
  private static final int EXTRA_TOKENS = 205;

  /** {@code \s} must know the ideographic space, as in the Rust library. */
  private static final Pattern PATTERN =
      Pattern.compile(
          "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}"
              + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
          Pattern.UNICODE_CHARACTER_CLASS);

  private final Encoding encoding;
  private final Map<Integer, String> specialNames;
  private final Pattern specialPattern;
  private final Map<String, Integer> special = new HashMap<>();
  private final Map<String, Integer> plain = new HashMap<>();
  private final int ranks;
  private final String sha256;

  /**
   * Reads a vocabulary.
   *
   * @param file lines of a token's bytes in Base64, a space and its rank
   * @throws dev.keizoku.contract.fault.RunFault user error {@code TokenizerInvalid} that names the
   *     line
   */
  public TiktokenTokenizer(Path file) throws IOException {
    var content = Files.readAllBytes(file);
    var vocabulary = parse(file, new String(content, StandardCharsets.ISO_8859_1));
    ranks = vocabulary.size();
    vocabulary.forEach((token, id) -> plain.put(new String(token, StandardCharsets.UTF_8), id));
    special.put(EOS, ranks);
    special.put("<|im_start|>", ranks + 1);
    special.put("<|im_end|>", ranks + 2);
    for (int i = 0; i < EXTRA_TOKENS; i++) {
      special.put("<|extra_" + i + "|>", ranks + 3 + i);
    }
    specialNames =
        special.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
    specialPattern =
        Pattern.compile(
            special.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|")));
    sha256 = Digests.sha256(content);
    encoding =
        Encodings.newLazyEncodingRegistry()
            .registerGptBytePairEncoding(
                new GptBytePairEncodingParams(sha256, PATTERN, vocabulary, Map.of()))
            .getEncoding(sha256)
            .orElseThrow();
  }

  private static Map<byte[], Integer> parse(Path file, String text) {
    // Keys are arrays, so this map compares identities; jtokkit only iterates over it.
    var vocabulary = new HashMap<byte[], Integer>();
    int number = 0;
    for (var line : (Iterable<String>) text.lines()::iterator) {
      number++;
      var space = line.indexOf(' ');
      try {
        var token = Base64.getDecoder().decode(line.substring(0, Math.max(space, 0)));
        if (space <= 0
            || Integer.parseInt(line.substring(space + 1).strip()) != vocabulary.size()) {
          throw new IllegalArgumentException("ranks do not follow each other");
        }
        vocabulary.put(token, vocabulary.size());
      } catch (IllegalArgumentException e) {
        throw TokenizerFaults.invalid(
            file, "line " + number + " is not a token in Base64 and its rank", e);
      }
    }
    if (vocabulary.size() < 256) {
      throw TokenizerFaults.invalid(file, "it has fewer tokens than there are bytes", null);
    }
    return vocabulary;
  }

  @Override
  public int[] encode(String text) {
    return encoding.encodeOrdinary(Normalizer.normalize(text, Normalizer.Form.NFC)).toArray();
  }

  @Override
  public int[] encodeWithSpecialTokens(String text) {
    var ids = IntStream.builder();
    int from = 0;
    for (var match = specialPattern.matcher(text); match.find(); from = match.end()) {
      Arrays.stream(encode(text.substring(from, match.start()))).forEach(ids);
      ids.add(special.get(match.group()));
    }
    Arrays.stream(encode(text.substring(from))).forEach(ids);
    return ids.build().toArray();
  }

  @Override
  public String decode(int... ids) {
    var text = new StringBuilder();
    var run = new IntArrayList();
    for (int id : ids) {
      var name = specialNames.get(id);
      if (name == null) {
        run.add(id);
      } else {
        text.append(text(run)).append(name);
        run.clear();
      }
    }
    return text.append(text(run)).toString();
  }

  private String text(IntArrayList run) {
    return new String(encoding.decodeBytes(run), StandardCharsets.UTF_8);
  }

  @Override
  public int vocabSize() {
    return ranks + special.size();
  }

  @Override
  public int eosId() {
    return special.get(EOS);
  }

  @Override
  public String eosToken() {
    return EOS;
  }

  @Override
  public OptionalInt bosId() {
    return OptionalInt.empty();
  }

  @Override
  public OptionalInt id(String token) {
    var id = special.getOrDefault(token, plain.get(token));
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  @Override
  public String sha256() {
    return sha256;
  }

  @Override
  public void close() {}
}
