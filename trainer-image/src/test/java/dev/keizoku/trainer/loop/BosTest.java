package dev.keizoku.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.tokens.CorpusManifest.TokenizerInfo;
import dev.keizoku.tokenizer.TextStart;
import dev.keizoku.tokenizer.Tokenizer;
import dev.keizoku.tokenizer.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against transformers; the values are made by {@code src/test/reference/bos_loss.py}. */
class BosTest {
  private static final Path GOLDEN = Path.of("src/test/resources/bos");
  private static final Path TOKENIZER =
      Path.of("../libs/tokenizer/src/test/resources/golden/parity/llama2.json");
  @TempDir Path root;
  private TinyJob job;
  private JsonNode golden;

  @BeforeEach
  void readGolden() throws IOException {
    golden = new ObjectMapper().readTree(GOLDEN.resolve("golden.json").toFile());
    job = new TinyJob(root, 1, 1, 1);
  }

  private Path base(String family) throws IOException {
    var folder = Files.createDirectories(root.resolve(family));
    for (var name : List.of("config.json", "model.safetensors", "tokenizer_config.json")) {
      Files.copy(GOLDEN.resolve(family).resolve(name), folder.resolve(name));
    }
    Files.copy(TOKENIZER, folder.resolve("tokenizer.json"));
    return folder;
  }

  /** Documents as the corpus program makes them, cut to the length of a sequence. */
  private List<int[]> documents(Tokenizer tokenizer, TextStart start) {
    var documents = new ArrayList<int[]>();
    for (var text : golden.get("texts")) {
      var ids = Arrays.copyOf(start.before(tokenizer.encode(text.asText())), length());
      ids[ids.length - 1] = tokenizer.eosId();
      documents.add(ids);
    }
    return documents;
  }

  private int length() {
    return golden.get("length").asInt();
  }

  private TrainRun run(Path base, Boolean corpusBos, Boolean trainingBos) {
    try (var tokenizer = Tokenizers.load(base)) {
      var start = TextStart.of(tokenizer, corpusBos);
      var documents = documents(tokenizer, start);
      var info =
          new TokenizerInfo(
              "file:///t",
              tokenizer.sha256(),
              tokenizer.vocabSize(),
              tokenizer.eosToken(),
              tokenizer.eosId(),
              start.named());
      var corpus =
          TinyCorpus.write(
              TinyJob.STORE,
              root,
              "corpus-" + start.named(),
              List.of(documents.getFirst()),
              documents.subList(1, documents.size()),
              info);
      var changes = new HashMap<String, Object>();
      changes.put("initialize", null);
      changes.put("baseModel", Map.of("uri", StoreUri.of(base).toString()));
      changes.put("data", List.of(Map.of("name", "filings", "uri", corpus)));
      changes.put("sequenceLength", length());
      changes.put("globalBatchSize", 1);
      changes.put("microBatchSize", 1);
      changes.put("addBosToken", trainingBos);
      return job.copy(changes);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "mistral"})
  void firstLossAndPerplexityAreThoseOfTransformers(String family) throws IOException {
    var run = run(base(family), null, null);
    assertFirstValues(run, golden.get("families").get(family).get("bos"));
  }

  @Test
  void withoutItTheyAreThoseOfTransformersToo() throws IOException {
    var run = run(base("llama"), false, false);
    assertFirstValues(run, golden.get("families").get("llama").get("bare"));
  }

  private void assertFirstValues(TrainRun run, JsonNode expected) throws IOException {
    var report = InProcess.run(run, root.resolve("scratch"));
    assertThat(report.train().perplexity().getFirst().before())
        .isCloseTo(expected.get("perplexity").asDouble(), within(0.1));
    // The one step's loss is that of the base model.
    assertThat(report.train().finalLoss())
        .isCloseTo(expected.get("firstLoss").asDouble(), within(1e-4));
  }

  @Test
  void aCorpusWithoutItForATrainingWithItIsRefused() throws IOException {
    assertRefused(
        run(base("llama"), false, null),
        "BosMismatch",
        "begin with no BOS token, but the training begins a text with the BOS token 1",
        "addBosToken: true");
  }

  @Test
  void aCorpusWithItForATrainingWithoutItIsRefused() throws IOException {
    assertRefused(
        run(base("mistral"), null, false),
        "BosMismatch",
        "begin with the BOS token 1, but the training begins a text with none",
        "addBosToken: false");
  }

  @Test
  void aTokenizerThatAnotherLibraryVersionWroteCostsNoCorpus() throws IOException {
    var folder = base("llama");
    var run = run(folder, null, null);
    var file = folder.resolve("tokenizer.json");
    var json = (ObjectNode) new ObjectMapper().readTree(file.toFile());
    var merges = (ArrayNode) json.path("model").path("merges");
    for (var i = 0; i < merges.size(); i++) {
      if (merges.get(i) instanceof ArrayNode pair) {
        merges.set(i, new TextNode(pair.get(0).asText() + " " + pair.get(1).asText()));
      }
    }
    json.putObject("truncation")
        .put("direction", "Right")
        .put("max_length", 8)
        .put("strategy", "LongestFirst")
        .put("stride", 0);
    Files.writeString(file, json.toString());
    assertThat(RunOutline.read(run, TinyJob.STORE).stepsPerEpoch()).isPositive();
    merges.remove(merges.size() - 1);
    Files.writeString(file, json.toString());
    assertRefused(run, "TokenizerMismatch", "was tokenized with another tokenizer");
  }

  @Test
  void itIsNotAskedOfATokenizerThatHasNone() {
    assertRefused(
        job.copy(Map.of("addBosToken", true)), "NoBosToken", "the tokenizer has no BOS token");
  }

  private void assertRefused(TrainRun run, String reason, String... words) {
    for (var work :
        List.<Runnable>of(
            () -> InProcess.run(run, root.resolve("scratch")),
            () -> RunOutline.read(run, TinyJob.STORE))) {
      assertThatThrownBy(work::run)
          .isInstanceOfSatisfying(
              RunFault.class,
              fault -> {
                assertThat(fault.exitCode()).isEqualTo(ExitCode.USER_ERROR);
                assertThat(fault.reason().word()).isEqualTo(reason);
                assertThat(fault.getMessage()).contains(words);
              });
    }
  }
}
