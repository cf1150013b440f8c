package dev.keizoku.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerParityTest {
  private static Parity parity;

  @BeforeAll
  static void readLines() throws IOException {
    parity = Parity.read();
  }

  @Test
  void theLinesAreThoseOfTheReference() {
    assertThat(parity.lines()).hasSize(10_000);
    var bytes = String.join("\n", parity.lines()).getBytes(StandardCharsets.UTF_8);
    assertThat(HexFormat.of().formatHex(Parity.sha256().digest(bytes)))
        .isEqualTo(parity.golden().get("lines").asText());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"qwen2.json", "llama3.json", "llama2.json", "unigram.json", "small.tiktoken"})
  void everyLineHasTheIdsOfTheReference(String name) {
    parity.check(Parity.FOLDER.resolve(name), name);
  }
}
