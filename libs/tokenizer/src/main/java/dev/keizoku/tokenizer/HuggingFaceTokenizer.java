package dev.keizoku.tokenizer;

import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.tokenizer.bytelevel.ByteLevelEncoder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A {@code tokenizer.json}, run by the Hugging Face library (Rust) through DJL, and where it is one
 * of bytes by {@link ByteLevelEncoder}, which gives the same ids.
 */
final class HuggingFaceTokenizer implements Tokenizer {
  private static final ObjectMapper JSON = new ObjectMapper();

  static {
    // DJL reports its use to its makers and may look for a GPU build of the library on the net.
    // Neither may happen in a pod; a value that is set from outside stays.
    System.getProperties().putIfAbsent("OPT_OUT_TRACKING", "true");
    System.getProperties().putIfAbsent("ai.djl.offline", "true");
  }

  private final ai.djl.huggingface.tokenizers.HuggingFaceTokenizer encoder;
  private final ai.djl.huggingface.tokenizers.HuggingFaceTokenizer decoder;
  private final Map<String, Integer> ids;
  private final String eos;
  private final BosRule bos;
  private final int vocabSize;
  private final String sha256;
  private final String fileSha256;

  /** Of the tokens that texts may be given on purpose, as they are written and composed. */
  private final List<String> controls;

  /** Null before the first text: who asks for facts alone needs no encoder, nor memory for one. */
  private Optional<ByteLevelEncoder> quick;

  /** Null from then on. */
  private ObjectNode unread;

  /**
   * Opens a tokenizer.
   *
   * @param files content by name: {@code tokenizer.json}, and beside it {@code
   *     tokenizer_config.json} and {@code special_tokens_map.json}, which tell the tokens that
   *     begin and end a text
   * @throws dev.keizoku.contract.fault.RunFault user error {@code TokenizerInvalid}
   */
  HuggingFaceTokenizer(Map<String, byte[]> files) throws IOException {
    var bytes = files.get(TokenizerFiles.JSON);
    var root = parse(bytes);
    ids = vocabulary(root);
    if (ids.isEmpty()) {
      throw invalid("it has no vocabulary", null);
    }
    vocabSize = ids.values().stream().mapToInt(Integer::intValue).max().orElseThrow() + 1;
    var special = SpecialTokens.find(files, ids::containsKey);
    eos = special.eos();
    bos = BosRule.of(root, special);
    if (eos == null || !ids.containsKey(eos)) {
      throw invalid(
          "it has no end-of-text token; name one as eos_token in tokenizer_config.json", null);
    }
    fileSha256 = Digests.sha256(bytes);
    sha256 = TokenizerIdentity.sha256(root);
    var added = root.path("added_tokens").deepCopy();
    // A file may carry both; a text is never cut off or filled up here.
    root.putNull("truncation").putNull("padding");
    decoder = open(root);
    ControlWords.becomeText(root);
    encoder = open(root);
    unread = root;
    requireIds(added);
    controls = controls(added);
  }

  private static List<String> controls(JsonNode added) {
    return added
        .valueStream()
        .filter(token -> token.path("special").asBoolean())
        .map(token -> token.path("content").asText())
        .flatMap(name -> Stream.of(name, Normalizer.normalize(name, Normalizer.Form.NFC)))
        .distinct()
        .toList();
  }

  private static RunFault invalid(String why, Exception cause) {
    return TokenizerFaults.invalid(TokenizerFiles.JSON, why, cause);
  }

  private static ObjectNode parse(byte[] bytes) throws IOException {
    try {
      if (JSON.readTree(bytes) instanceof ObjectNode root) {
        return root;
      }
      throw invalid("it is not a JSON object", null);
    } catch (JsonProcessingException e) {
      throw invalid(e.getOriginalMessage(), e);
    }
  }

  /** The library numbers added tokens itself, as it adds them; what the file says must be that. */
  private void requireIds(JsonNode added) {
    for (var token : added) {
      var name = token.path("content").asText();
      var got = encode(token.path("special").asBoolean() ? decoder : encoder, name);
      if (got.length == 1 && got[0] != token.path("id").asInt()) {
        throw invalid(
            "its added token %s has the id %s there, but the library that runs it gives it %d; write the file again with the library that made the tokenizer"
                .formatted(name, token.path("id"), got[0]),
            null);
      }
    }
  }

  private static Map<String, Integer> vocabulary(JsonNode root) {
    var ids = new HashMap<String, Integer>();
    var vocab = root.path("model").path("vocab");
    if (vocab.isArray()) {
      // Unigram: a list of [token, score].
      for (int id = 0; id < vocab.size(); id++) {
        ids.put(vocab.get(id).path(0).asText(), id);
      }
    } else {
      vocab.properties().forEach(token -> ids.put(token.getKey(), token.getValue().asInt()));
    }
    root.path("added_tokens")
        .forEach(token -> ids.put(token.path("content").asText(), token.path("id").asInt()));
    return ids;
  }

  private static ai.djl.huggingface.tokenizers.HuggingFaceTokenizer open(JsonNode root)
      throws IOException {
    var options = Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");
    try {
      return ai.djl.huggingface.tokenizers.HuggingFaceTokenizer.newInstance(
          new ByteArrayInputStream(JSON.writeValueAsBytes(root)), options);
    } catch (RuntimeException e) {
      // The library throws whatever the Rust side says as a RuntimeException.
      throw invalid(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public int[] encode(String text) {
    return quick().flatMap(reader -> reader.encode(text)).orElseGet(() -> encode(encoder, text));
  }

  private synchronized Optional<ByteLevelEncoder> quick() {
    if (quick == null) {
      quick = ByteLevelEncoder.of(unread);
      unread = null;
    }
    return quick;
  }

  @Override
  public int[] encodeWithSpecialTokens(String text) {
    // Where none is named, both ways give the same.
    var ids =
        controls.stream().anyMatch(text::contains)
            ? Optional.<int[]>empty()
            : quick().flatMap(reader -> reader.encode(text));
    return ids.orElseGet(() -> encode(decoder, text));
  }

  private static int[] encode(
      ai.djl.huggingface.tokenizers.HuggingFaceTokenizer tokenizer, String text) {
    // DJL's own encode also builds token strings and offsets, which takes longer than the ids.
    long encoding = TokenizersLibrary.LIB.encode(tokenizer.getHandle(), text, false);
    try {
      return Arrays.stream(TokenizersLibrary.LIB.getTokenIds(encoding))
          .mapToInt(Math::toIntExact)
          .toArray();
    } finally {
      TokenizersLibrary.LIB.deleteEncoding(encoding);
    }
  }

  @Override
  public String decode(int... tokens) {
    return decoder.decode(Arrays.stream(tokens).asLongStream().toArray(), false);
  }

  @Override
  public int vocabSize() {
    return vocabSize;
  }

  @Override
  public int eosId() {
    return ids.get(eos);
  }

  @Override
  public String eosToken() {
    return eos;
  }

  @Override
  public OptionalInt bosId() {
    return bos.token() == null ? OptionalInt.empty() : id(bos.token());
  }

  @Override
  public boolean addsBos() {
    return bos.added() && bosId().isPresent();
  }

  @Override
  public OptionalInt id(String token) {
    var id = ids.get(token);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
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
  public void close() {
    encoder.close();
    decoder.close();
  }
}
