package dev.keizoku.trainer.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.llm.weights.safetensors.SafeTensorsFile;
import dev.keizoku.program.ProgramLine;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class LogitsCommandTest {
  private static final Path FAMILY = Path.of("../libs/llm/src/test/resources/families/qwen2");
  private static final Path TOKENIZER = Path.of("../libs/tokenizer/src/test/resources/golden/hf");
  @TempDir Path root;
  private final StringWriter out = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @BeforeEach
  void copyModel() throws IOException {
    for (var name : List.of("config.json", "model.safetensors")) {
      Files.copy(FAMILY.resolve(name), root.resolve(name));
    }
  }

  private int run(String... arguments) {
    var all = new ArrayList<>(List.of(StoreUri.of(root).toString()));
    all.addAll(List.of(arguments));
    return ProgramLine.set(new CommandLine(new LogitsCommand(Map.of())))
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(errors))
        .execute(all.toArray(String[]::new));
  }

  @Test
  void writesTheLogitsThatTransformersComputes() throws IOException {
    var golden = new ObjectMapper().readTree(FAMILY.resolve("golden.json").toFile());
    var ids =
        StreamSupport.stream(golden.get("ids").get(0).spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.joining(","));
    var file = root.resolve("logits.json");
    assertThat(run("--ids", ids, "--out", file.toString())).as(errors.toString()).isZero();
    var logits = new ObjectMapper().readTree(file.toFile()).get("logits");
    var expected = new float[logits.size() * logits.get(0).size()];
    SafeTensorsFile.open(
            StoreRouter.open(null, null),
            StoreUri.of(FAMILY.toAbsolutePath().normalize().resolve("golden.safetensors")))
        .read("logits", 0, expected, expected.length);
    for (var i = 0; i < expected.length; i++) {
      var row = logits.get(i / logits.get(0).size());
      assertThat(row.get(i % row.size()).asDouble()).isCloseTo(expected[i], within(1e-4));
    }
  }

  @Test
  void aTextGoesThroughTheModelsTokenizer() throws IOException {
    assertThat(run("--text", "円")).isEqualTo(42);
    assertThat(errors.toString()).contains("TokenizerNotFound");
    // Bytes of "A" and "C" are among its first 48 tokens, as many as the model has.
    Files.copy(TOKENIZER.resolve("tokenizer.json"), root.resolve("tokenizer.json"));
    assertThat(run("--text", "AC")).as(errors.toString()).isZero();
    var answer = new ObjectMapper().readTree(out.toString());
    assertThat(answer.get("ids")).hasSize(2);
    assertThat(answer.get("logits")).hasSize(2);
  }

  @Test
  void whatCannotBeIsSaid() {
    assertThat(run("--ids", "1,48")).isEqualTo(42);
    assertThat(errors.toString()).contains("give ids of 0 to 47");
    assertThat(run("--ids", "1,".repeat(64) + "1")).isEqualTo(42);
    assertThat(errors.toString()).contains("There are 65 tokens; give 1 to 64");
    assertThat(run()).isEqualTo(42);
    assertThat(errors.toString()).contains("See 'logits --help'.");
  }
}
