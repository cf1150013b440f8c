package dev.keizoku.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.tokenizer.Tokenizers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The quick start's tokenizer gives the ids that the Python library gives. */
class QuickstartTokenizerTest {
  record Golden(List<String> texts, List<int[]> ids) {}

  @Test
  void givesTheIdsOfTheReference() throws IOException {
    var golden =
        new ObjectMapper()
            .readValue(
                Path.of("src/test/resources/golden/quickstart-ids.json").toFile(), Golden.class);
    try (var tokenizer = Tokenizers.load(Builds.QUICKSTART.resolve("tokenizer"))) {
      assertThat(tokenizer.vocabSize()).isEqualTo(8000);
      for (int i = 0; i < golden.texts().size(); i++) {
        var text = golden.texts().get(i);
        assertThat(tokenizer.encode(text)).as(text).isEqualTo(golden.ids().get(i));
        assertThat(tokenizer.decode(golden.ids().get(i))).isEqualTo(text);
      }
    }
  }
}
