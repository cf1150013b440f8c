package dev.keizoku.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.llm.generate.LoadedModel;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.weights.ModelFolder;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.artifact.Manifest;
import dev.keizoku.storage.artifact.ManifestFile;
import dev.keizoku.testing.PythonEnvironment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportTest {
  private static final int[] IDS = {1, 5, 9, 3, 7, 12, 30, 2};
  @TempDir Path root;

  private TrainRun run(TinyJob job, String family, String precision) {
    var config = new HashMap<>(TinyJob.CONFIG);
    config.put("model_type", family);
    config.put("tie_word_embeddings", family.equals("qwen2"));
    return job.copy(
        Map.of(
            "initialize.config", config,
            "precision", precision,
            "output", job.withOutput(family).output()));
  }

  @Test
  void transformersLoadsItAndGivesOurLogits() throws Exception {
    var python = PythonEnvironment.file("bin/python");
    var job = new TinyJob(root, 2, 1, 3);
    var folders = new ArrayList<String>();
    for (var family :
        Map.of("qwen2", "fp32", "qwen3", "fp32", "llama", "bf16", "mistral", "fp32").entrySet()) {
      var run = run(job, family.getKey(), family.getValue());
      InProcess.run(run, root.resolve("scratch-" + family.getKey()));
      folders.add(run.output() + "/model");
    }
    var theirs = theirs(python, folders);
    for (var i = 0; i < folders.size(); i++) {
      assertThat(theirs.get(i).get("problems").asInt()).as(folders.get(i)).isZero();
      assertSameLogits(folders.get(i), theirs.get(i).get("logits"));
    }
  }

  private static void assertSameLogits(String folder, JsonNode theirs) {
    var model = ModelFolder.open(TinyJob.STORE, StoreUri.parse(folder), null);
    try (var loaded = LoadedModel.load(model.config(), model, Device.cpu(), DataType.FLOAT32)) {
      var ours = loaded.logits(new int[][] {IDS})[0];
      for (var i = 0; i < ours.length; i++) {
        var row = theirs.get(i / TinyCorpus.VOCABULARY);
        assertThat(ours[i])
            .as(folder)
            .isCloseTo((float) row.get(i % TinyCorpus.VOCABULARY).asDouble(), within(1e-4f));
      }
    }
  }

  private List<JsonNode> theirs(Path python, List<String> folders) throws Exception {
    var ids = Arrays.stream(IDS).mapToObj(String::valueOf).collect(Collectors.joining(","));
    var script = Path.of("../dev/python/check_export.py").toAbsolutePath().normalize();
    var command = new ArrayList<>(List.of(python.toString(), script.toString(), ids));
    folders.forEach(folder -> command.add(folder.substring("file://".length())));
    var log = root.resolve("python.log");
    var out = root.resolve("python.json");
    var process =
        new ProcessBuilder(command)
            .redirectError(log.toFile())
            .redirectOutput(out.toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(log)).isZero();
    var json = new ObjectMapper();
    var lines = new ArrayList<JsonNode>();
    for (var line : Files.readAllLines(out)) {
      lines.add(json.readTree(line));
    }
    return lines;
  }

  @Test
  void theModelIsThereWithItsCardReportAndManifest() {
    var job = new TinyJob(root, 2, 2, 5);
    var report = InProcess.run(job.run, root.resolve("scratch"));
    var folder = TinyJob.output(job.run, "model");
    var manifest =
        Manifest.read(
            TinyJob.STORE, StoreUri.parse(report.artifact().uri()), report.artifact().sha256());
    assertThat(manifest.files().stream().map(ManifestFile::path))
        .contains(
            "README.md",
            "config.json",
            "generation_config.json",
            "metrics.jsonl",
            "model.safetensors",
            "report.html",
            "tokenizer.json")
        .anyMatch(path -> path.startsWith("tensorboard/events.out.tfevents."));
    assertThat(Manifest.isComplete(TinyJob.STORE, folder, manifest.files())).isTrue();
    assertThat(new String(TinyJob.STORE.read(folder.child("README.md"))))
        .contains(
            "Trained from random weights by keizoku-trainer ",
            "| finance | `"
                + Digests.sha256(
                    TinyJob.STORE.read(StoreUri.parse(job.run.data().getFirst().uri()))),
            "| learning rate | 0.01 |",
            "| schedule | cosine |",
            "| precision | fp32 |",
            "| seed | 11 |")
        .doesNotContain("null");
    var events =
        manifest.files().stream().map(ManifestFile::path).filter(p -> p.contains("tfevents"));
    assertThat(new String(TinyJob.STORE.read(folder.child(events.findFirst().orElseThrow()))))
        .contains(
            "train/loss",
            "train/learningRate",
            "train/gradNorm",
            "train/tokensPerSecond",
            "perplexity/finance");
    var page =
        Jsoup.parse(
            new String(TinyJob.STORE.read(folder.child("report.html")), StandardCharsets.UTF_8));
    assertThat(page.select("figure.curves:has(svg path.line) figcaption").eachText())
        .containsExactly(
            "Held-out perplexity",
            "Training loss nats a token",
            "Learning rate",
            "Gradient norm before clipping",
            "Tokens a second tokens/s");
    assertThat(page.select(".legend").text()).contains("loss/general", "checkpoint saved");
    assertThat(report.train().perplexity()).hasSize(2);
    assertThat(report.train().resumedFromStep()).isNull();
  }

  @Test
  void theTunedModelIsABaseModel() {
    var job = new TinyJob(root, 1, 1, 20);
    var first = InProcess.run(job.run, root.resolve("scratch"));
    var changes = new HashMap<String, Object>();
    changes.put("initialize", null);
    changes.put(
        "baseModel",
        Map.of("uri", job.run.output() + "/model", "sha256", first.artifact().sha256()));
    changes.put("output", job.withOutput("second").output());
    changes.put("maxSteps", 3);
    var second = InProcess.run(job.copy(changes), root.resolve("scratch2"));
    var card =
        new String(
            TinyJob.STORE.read(
                StoreUri.parse(second.artifact().uri()).parent().child("README.md")));
    assertThat(card)
        .contains("base_model: file:", "| base model | `" + first.artifact().sha256() + "` |");
    for (var i = 0; i < List.of("finance", "general").size(); i++) {
      assertThat(second.train().perplexity().get(i).before())
          .isCloseTo(first.train().perplexity().get(i).after(), within(1e-4));
    }
  }
}
