package dev.keizoku.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.fault.RunFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HuggingFaceTokenizerTest {
  private static final Path FOLDER = Golden.FOLDER.resolve("hf");

  @Test
  void givesTheIdsOfTheReferenceWhateverTheFileSaysOfPadding() throws IOException {
    var golden = Golden.read("hf/ids.json");
    try (var tokenizer = Tokenizers.load(FOLDER)) {
      for (int i = 0; i < golden.texts().size(); i++) {
        assertThat(tokenizer.encode(golden.texts().get(i)))
            .as(golden.texts().get(i))
            .isEqualTo(golden.ids().get(i));
      }
    }
  }

  @Test
  void decodesToTheSameText() throws IOException {
    try (var tokenizer = Tokenizers.load(FOLDER)) {
      for (var text : Golden.read("hf/ids.json").texts()) {
        assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
      }
      assertThat(tokenizer.decode(0)).isEqualTo("<|endoftext|>");
    }
  }

  @Test
  void aSpecialTokensNameInATextIsText() {
    try (var tokenizer = Tokenizers.load(FOLDER)) {
      assertThat(tokenizer.encode("文書<|endoftext|>"))
          .doesNotContain(tokenizer.eosId())
          .hasSizeGreaterThan(3);
      assertThat(tokenizer.encodeWithSpecialTokens("文書<|endoftext|>"))
          .startsWith(tokenizer.encode("文書"))
          .endsWith(tokenizer.eosId());
      // Where none is named there is no difference, not even with a part of a name.
      var text = "文書<|endoftext| >の売上高は、12百万円";
      assertThat(tokenizer.encodeWithSpecialTokens(text)).isEqualTo(tokenizer.encode(text));
    }
  }

  @Test
  void knowsItsVocabulary() {
    try (var tokenizer = Tokenizers.load(FOLDER.resolve("tokenizer.json"))) {
      assertThat(tokenizer.vocabSize()).isEqualTo(500);
      assertThat(tokenizer.eosId()).isZero();
      assertThat(tokenizer.eosToken()).isEqualTo("<|endoftext|>");
      assertThat(tokenizer.bosId()).isEmpty();
      assertThat(tokenizer.id("A")).isPresent();
      assertThat(tokenizer.id("no such token")).isEmpty();
      assertThat(tokenizer.sha256()).hasSize(64);
    }
  }

  @Test
  void isSafeForManyThreads() throws IOException {
    var golden = Golden.read("hf/ids.json");
    try (var tokenizer = Tokenizers.load(FOLDER)) {
      assertThat(
              IntStream.range(0, 200)
                  .parallel()
                  .allMatch(
                      i -> {
                        int text = i % golden.texts().size();
                        return java.util.Arrays.equals(
                            tokenizer.encode(golden.texts().get(text)), golden.ids().get(text));
                      }))
          .isTrue();
    }
  }

  @Test
  void tellsWhatIsWrongWithAFolder(@TempDir Path folder) throws IOException {
    assertThatThrownBy(() -> Tokenizers.load(folder))
        .isInstanceOf(RunFault.class)
        .hasMessageContaining("holds neither tokenizer.json nor a .tiktoken file");
    for (var bad :
        new String[] {
          "", "{", "[]", "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0,\"</s>\":1}}}"
        }) {
      Files.writeString(folder.resolve("tokenizer.json"), bad);
      assertThatThrownBy(() -> Tokenizers.load(folder))
          .as(bad)
          .isInstanceOf(RunFault.class)
          .hasMessageContaining("tokenizer.json is not a tokenizer that can be used");
    }
    Files.writeString(
        folder.resolve("tokenizer.json"), "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0}}}");
    assertThatThrownBy(() -> Tokenizers.load(folder)).hasMessageContaining("no end-of-text token");
  }
}
