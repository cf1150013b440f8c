package dev.keizoku.tokenizer;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.GptBytePairEncodingParams;
import com.knuddels.jtokkit.api.IntArrayList;
import dev.keizoku.contract.bytes.Digests;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
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
final class TiktokenTokenizer implements Tokenizer {
  /** {@code \s} must know the ideographic space, as in the Rust library. */
  private static final Pattern PATTERN =
      Pattern.compile(TiktokenVocabulary.PATTERN, Pattern.UNICODE_CHARACTER_CLASS);

  private final Encoding encoding;
  private final Map<Integer, String> specialNames;
  private final Pattern specialPattern;
  private final Map<String, Integer> special;
  private final Map<String, Integer> plain = new HashMap<>();
  private final int ranks;
  private final String sha256;
  private final String fileSha256;

  /**
   * Opens a vocabulary.
   *
   * @param file its name, for messages
   * @param content lines of a token's bytes in Base64, a space and its rank
   * @throws dev.keizoku.contract.fault.RunFault user error {@code TokenizerInvalid} that names the
   *     line
   */
  TiktokenTokenizer(String file, byte[] content) {
    var vocabulary = TiktokenVocabulary.read(file, content);
    // Keys are arrays, so this map compares identities; jtokkit only iterates over it.
    var ranked = new HashMap<byte[], Integer>();
    for (var token : vocabulary.tokens()) {
      plain.put(new String(token, StandardCharsets.UTF_8), ranked.size());
      ranked.put(token, ranked.size());
    }
    ranks = ranked.size();
    special = vocabulary.special();
    specialNames =
        special.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
    specialPattern =
        Pattern.compile(
            special.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|")));
    fileSha256 = Digests.sha256(content);
    sha256 = TokenizerIdentity.sha256(TiktokenAsJson.of(vocabulary));
    encoding =
        Encodings.newLazyEncodingRegistry()
            .registerGptBytePairEncoding(
                new GptBytePairEncodingParams(fileSha256, PATTERN, ranked, Map.of()))
            .getEncoding(fileSha256)
            .orElseThrow();
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
    return special.get(TiktokenVocabulary.EOS);
  }

  @Override
  public String eosToken() {
    return TiktokenVocabulary.EOS;
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
  public boolean addsBos() {
    return false;
  }

  @Override
  public String sha256() {
    return sha256;
  }

  @Override
  public String fileSha256() {
    return fileSha256;
  }

  @Override
  public void close() {}
}
