package dev.keizoku.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.llm.config.ModelLayout;
import dev.keizoku.llm.generate.LoadedModel;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.weights.ModelFolder;
import dev.keizoku.llm.weights.ModelTokenizer;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.testing.PythonEnvironment;
import dev.keizoku.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The family of the paper's model: what a run of it leaves loads where no code is run. */
class FirstQwenExportTest {
  private static final Path VOCABULARY =
      Path.of("../libs/tokenizer/src/test/resources/golden/small.tiktoken");
  private static final List<String> TEXTS =
      List.of("当連結会計年度における売上高は、前年同期比12.3％増", "It's a<|im_start|>b  \n\n㈱", "😀が\u3099");
  private static final int[] IDS = {1, 300, 555, 3, 700, 12, 30, 2};
  private static final Map<String, Object> CONFIG =
      Map.ofEntries(
          Map.entry("model_type", "qwen"),
          Map.entry("architectures", List.of("QWenLMHeadModel")),
          Map.entry("auto_map", Map.of("AutoModelForCausalLM", "modeling_qwen.QWenLMHeadModel")),
          Map.entry("vocab_size", 764),
          Map.entry("hidden_size", 16),
          Map.entry("intermediate_size", 48),
          Map.entry("num_hidden_layers", 2),
          Map.entry("num_attention_heads", 4),
          Map.entry("kv_channels", 4),
          Map.entry("seq_length", 64),
          Map.entry("layer_norm_epsilon", 1e-6),
          Map.entry("rotary_emb_base", 12000),
          Map.entry("initializer_range", 0.1),
          Map.entry("tie_word_embeddings", false));
  @TempDir Path root;
  private TinyJob job;
  private Path base;

  @BeforeEach
  void makeABaseModel() throws IOException {
    var tokenizer = Files.createDirectories(root.resolve("qwen-tokenizer"));
    Files.copy(VOCABULARY, tokenizer.resolve("qwen.tiktoken"));
    job = new TinyJob(root, 2, 1, 2);
    var corpus =
        TinyCorpus.write(TinyJob.STORE, root, "filings", 60, 3, Files.readAllBytes(VOCABULARY));
    var start =
        job.copy(
            Map.of(
                "initialize",
                    Map.of("config", CONFIG, "tokenizer", StoreUri.of(tokenizer).toString()),
                "data", List.of(Map.of("name", "filings", "uri", corpus)),
                "exportAs", "base"));
    base = run(start, "base");
    Files.writeString(base.resolve("modeling_qwen.py"), "raise SystemExit('never run')\n");
    Files.writeString(base.resolve("qwen_generation_utils.py"), "raise SystemExit('never run')\n");
    Files.writeString(
        base.resolve("tokenizer_config.json"),
        "{\"model_max_length\": 64, \"tokenizer_class\": \"QWenTokenizer\", \"auto_map\": {\"AutoTokenizer\": [\"tokenization_qwen.QWenTokenizer\", null]}}");
    Files.writeString(base.resolve("LICENSE"), "of the base");
    Files.createDirectories(base.resolve("assets"));
    Files.writeString(base.resolve("assets/logo.txt"), "picture");
  }

  private Path run(TrainRun run, String name) {
    var there = job.copyOf(run, Map.of("output", StoreUri.of(root.resolve(name)).toString()));
    InProcess.run(there, root.resolve("scratch-" + name));
    return root.resolve(name).resolve("model");
  }

  private TrainRun continued(Map<String, Object> changes) {
    var all = new HashMap<String, Object>(changes);
    all.put("initialize", null);
    all.put("baseModel", Map.of("uri", StoreUri.of(base).toString()));
    all.put("data", List.of(Map.of("name", "filings", "uri", corpus())));
    return job.copy(all);
  }

  private String corpus() {
    return StoreUri.of(root.resolve("filings/manifest.json")).toString();
  }

  private static float[] logits(Path model) {
    var folder = ModelFolder.open(TinyJob.STORE, StoreUri.of(model), null);
    try (var loaded = LoadedModel.load(folder.config(), folder, Device.cpu(), DataType.FLOAT32)) {
      return loaded.logits(new int[][] {IDS})[0];
    }
  }

  @Test
  void asItIsItKeepsTheCodeThatItNames() {
    var model = run(continued(Map.of("exportAs", "base")), "as-base");
    assertThat(model.resolve("modeling_qwen.py")).hasContent("raise SystemExit('never run')\n");
    assertThat(model.resolve("qwen_generation_utils.py")).exists();
    assertThat(model.resolve("LICENSE")).hasContent("of the base");
    assertThat(model.resolve("qwen.tiktoken")).hasSameBinaryContentAs(VOCABULARY);
    assertThat(model.resolve("assets")).doesNotExist();
    assertThat(model.resolve("config.json")).content().contains("auto_map", "QWenLMHeadModel");
  }

  @Test
  void asQwen2ItComputesTheSameAndItsTokenizerGivesTheSameIds() throws IOException {
    var first = run(continued(Map.of("exportAs", "base")), "as-base");
    var second = run(continued(Map.of()), "as-qwen2");
    assertThat(logits(second)).isEqualTo(logits(first));
    assertThat(second.resolve("modeling_qwen.py")).doesNotExist();
    assertThat(second.resolve("qwen.tiktoken")).doesNotExist();
    assertThat(second.resolve("LICENSE")).hasContent("of the base");
    assertThat(second.resolve("config.json"))
        .content()
        .contains("Qwen2ForCausalLM")
        .doesNotContain("auto_map");
    try (var before = tokenizer(first);
        var after = tokenizer(second)) {
      for (var text : TEXTS) {
        assertThat(after.encode(text)).isEqualTo(before.encode(text));
      }
      assertThat(after.sha256()).isEqualTo(before.sha256());
    }
  }

  private static Tokenizer tokenizer(Path model) {
    return ModelTokenizer.load(ModelFolder.open(TinyJob.STORE, StoreUri.of(model), null));
  }

  @Test
  void weightsCanBeWrittenInAnotherFormatThanTheyWereTrainedIn() {
    var half = run(continued(Map.of("exportDtype", "bf16")), "half");
    var folder = ModelFolder.open(TinyJob.STORE, StoreUri.of(half), null);
    assertThat(folder.numberType()).isEqualTo(DataType.BFLOAT16);
    assertThat(half.resolve("config.json")).content().contains("bfloat16");
    var full = run(continued(Map.of("exportDtype", "fp32", "precision", "bf16")), "full");
    var whole = ModelFolder.open(TinyJob.STORE, StoreUri.of(full), null);
    assertThat(whole.numberType()).isEqualTo(DataType.FLOAT32);
    var embedding = ModelLayout.of(whole.config()).units().getFirst().parameters();
    whole.read(
        embedding.getFirst(),
        0,
        16,
        (from, values) ->
            assertThat(values)
                .usingElementComparator(Comparator.comparing(this::isBrainFloat))
                .contains(0.1f));
  }

  /** 0.1 is none: the lower half of its bits is not zero. */
  private boolean isBrainFloat(float value) {
    return (Float.floatToIntBits(value) & 0xffff) == 0;
  }

  @Test
  void transformersLoadsItWithoutRemoteCodeAndGivesOurLogits() throws Exception {
    var python = PythonEnvironment.file("bin/python");
    var model = run(continued(Map.of()), "as-qwen2");
    var text = new ObjectMapper().writeValueAsString(TEXTS);
    var out = root.resolve("python.json");
    var log = root.resolve("python.log");
    var command =
        List.of(python.toString(), "-c", SCRIPT, model.toString(), Arrays.toString(IDS), text);
    var process =
        new ProcessBuilder(command)
            .redirectError(log.toFile())
            .redirectOutput(out.toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(log)).isZero();
    var theirs = new ObjectMapper().readTree(out.toFile());
    assertThat(theirs.get("type").asText()).isEqualTo("Qwen2ForCausalLM");
    assertThat(theirs.get("problems").asInt()).isZero();
    var ours = logits(model);
    assertThat(theirs.get("logits")).hasSize(ours.length);
    for (var i = 0; i < ours.length; i++) {
      assertThat(ours[i]).isCloseTo((float) theirs.get("logits").get(i).asDouble(), within(1e-4f));
    }
    try (var tokenizer = tokenizer(model)) {
      for (var i = 0; i < TEXTS.size(); i++) {
        assertThat(tokenizer.encodeWithSpecialTokens(TEXTS.get(i)))
            .isEqualTo(ints(theirs.get("ids").get(i)));
      }
    }
  }

  private static int[] ints(JsonNode array) {
    var ints = new int[array.size()];
    for (var i = 0; i < ints.length; i++) {
      ints[i] = array.get(i).asInt();
    }
    return ints;
  }

  private static final String SCRIPT =
      """
      import json, sys, torch
      from transformers import AutoModelForCausalLM, AutoTokenizer
      folder, ids, texts = sys.argv[1], json.loads(sys.argv[2]), json.loads(sys.argv[3])
      model, loading = AutoModelForCausalLM.from_pretrained(folder, output_loading_info=True)
      tokenizer = AutoTokenizer.from_pretrained(folder)
      with torch.no_grad():
          logits = model.float()(input_ids=torch.tensor([ids])).logits.flatten().tolist()
      problems = sum(len(loading[k]) for k in ("missing_keys", "unexpected_keys", "mismatched_keys"))
      json.dump({"type": type(model).__name__, "problems": problems, "logits": logits,
                 "ids": [tokenizer(t)["input_ids"] for t in texts]}, sys.stdout)
      """;
}
