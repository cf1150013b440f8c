package dev.keizoku.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * 10,000 lines and what the reference libraries made of them (src/test/python/make_parity.py).
 *
 * @param golden digests of the ids of every 100 lines, by tokenizer
 * @param lines see {@link ParityLines}
 */
record Parity(JsonNode golden, List<String> lines) {
  static final Path FOLDER = Golden.FOLDER.resolve("parity");
  private static final int BLOCK = 100;

  static Parity read() throws IOException {
    var golden = new ObjectMapper().readTree(FOLDER.resolve("parity.json").toFile());
    return new Parity(golden, ParityLines.of(golden.get("fragments")));
  }

  void check(Path vocabulary, String name) {
    try (var tokenizer = Tokenizers.load(vocabulary)) {
      check(tokenizer, name);
    }
  }

  void check(Tokenizer tokenizer, String name) {
    var expected = golden.get("ids").get(name);
    assertThat(expected).hasSize(lines.size() / BLOCK);
    for (var block = 0; block < expected.size(); block++) {
      assertThat(digest(tokenizer, lines.subList(block * BLOCK, (block + 1) * BLOCK)))
          .as("%s, lines from %d on", name, block * BLOCK)
          .isEqualTo(expected.get(block).asText());
    }
  }

  private static String digest(Tokenizer tokenizer, List<String> block) {
    var sha256 = sha256();
    for (var line : block) {
      var ids = tokenizer.encode(line);
      var bytes = ByteBuffer.allocate(4 + 4 * ids.length).order(ByteOrder.LITTLE_ENDIAN);
      bytes.putInt(ids.length).asIntBuffer().put(ids);
      sha256.update(bytes.array());
    }
    return HexFormat.of().formatHex(sha256.digest()).substring(0, 16);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
