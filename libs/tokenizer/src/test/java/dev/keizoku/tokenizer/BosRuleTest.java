package dev.keizoku.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against transformers' AutoTokenizer; the values are made by src/test/python/make_bos.py. */
class BosRuleTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Stream<JsonNode> folders() throws IOException {
    var rows = JSON.readTree(Golden.FOLDER.resolve("bos.json").toFile());
    return StreamSupport.stream(rows.spliterator(), false);
  }

  @ParameterizedTest
  @MethodSource("folders")
  void whatATokenizerPutsInFrontIsWhatTransformersPuts(JsonNode folder) throws IOException {
    var file = (ObjectNode) JSON.readTree(Parity.FOLDER.resolve("llama2.json").toFile());
    file.set("post_processor", folder.get("post_processor"));
    var files =
        Map.of(
            "tokenizer.json", JSON.writeValueAsBytes(file),
            "tokenizer_config.json", JSON.writeValueAsBytes(folder.get("config")));
    try (var tokenizer = Tokenizers.of(files, "test")) {
      var name = folder.get("name").asText();
      assertThat(tokenizer.addsBos()).as(name).isEqualTo(!folder.get("front").isEmpty());
      if (tokenizer.addsBos()) {
        assertThat(tokenizer.bosId()).as(name).hasValue(folder.get("front").get(0).asInt());
      }
      assertThat(tokenizer.encode("円")).as(name).doesNotContain(1);
    }
  }
}
