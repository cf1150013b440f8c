package dev.keizoku.tokenizer;

import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keizoku.contract.bytes.Digests;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** A {@code tokenizer.json}, run by the Hugging Face library (Rust) through DJL. */
public final class HuggingFaceTokenizer implements Tokenizer {
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
  private final SpecialTokens special;
  private final int vocabSize;
  private final String sha256;

  /**
   * Reads a tokenizer.
   *
   * @param file {@code tokenizer.json}; {@code tokenizer_config.json} and {@code
   *     special_tokens_map.json} beside it tell the end-of-text token
   * @throws dev.keizoku.contract.fault.RunFault user error {@code TokenizerInvalid}
   */
  public HuggingFaceTokenizer(Path file) throws IOException {
    var bytes = Files.readAllBytes(file);
    var root = parse(file, bytes);
    ids = vocabulary(root);
    if (ids.isEmpty()) {
      throw TokenizerFaults.invalid(file, "it has no vocabulary", null);
    }
    vocabSize = ids.values().stream().mapToInt(Integer::intValue).max().orElseThrow() + 1;
    special = SpecialTokens.find(file.toAbsolutePath().getParent(), ids::containsKey);
    if (special.eos() == null || !ids.containsKey(special.eos())) {
      throw TokenizerFaults.invalid(
          file,
          "it has no end-of-text token; name one as eos_token in tokenizer_config.json",
          null);
    }
    sha256 = Digests.sha256(bytes);
    decoder = open(file, plain(root));
    encoder = open(file, withoutSpecialTokens(plain(root)));
  }

  private static ObjectNode parse(Path file, byte[] bytes) throws IOException {
    try {
      if (JSON.readTree(bytes) instanceof ObjectNode root) {
        return root;
      }
      throw TokenizerFaults.invalid(file, "it is not a JSON object", null);
    } catch (JsonProcessingException e) {
      throw TokenizerFaults.invalid(file, e.getOriginalMessage(), e);
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

  /** The same tokenizer without the truncation and padding that some files carry. */
  private static ObjectNode plain(ObjectNode root) {
    var copy = root.deepCopy();
    copy.putNull("truncation");
    copy.putNull("padding");
    return copy;
  }

  /** Without them their names in a text are text; ordinary added tokens stay. */
  private static ObjectNode withoutSpecialTokens(ObjectNode root) {
    if (root.get("added_tokens") instanceof ArrayNode added) {
      for (int i = added.size() - 1; i >= 0; i--) {
        if (added.get(i).path("special").asBoolean()) {
          added.remove(i);
        }
      }
    }
    return root;
  }

  private static ai.djl.huggingface.tokenizers.HuggingFaceTokenizer open(Path file, JsonNode root)
      throws IOException {
    var options = Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");
    try {
      return ai.djl.huggingface.tokenizers.HuggingFaceTokenizer.newInstance(
          new ByteArrayInputStream(JSON.writeValueAsBytes(root)), options);
    } catch (RuntimeException e) {
      // The library throws whatever the Rust side says as a RuntimeException.
      throw TokenizerFaults.invalid(file, String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public int[] encode(String text) {
    return encode(encoder, text);
  }

  @Override
  public int[] encodeWithSpecialTokens(String text) {
    return encode(decoder, text);
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
    return ids.get(special.eos());
  }

  @Override
  public String eosToken() {
    return special.eos();
  }

  @Override
  public OptionalInt bosId() {
    return special.bos() == null ? OptionalInt.empty() : id(special.bos());
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
  public void close() {
    encoder.close();
    decoder.close();
  }
}
