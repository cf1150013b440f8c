package dev.keizoku.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import dev.keizoku.contract.result.ProgressReport;
import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.llm.generate.LoadedModel;
import dev.keizoku.llm.generate.Sampler;
import dev.keizoku.llm.generate.TextGenerator;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.weights.ModelFolder;
import dev.keizoku.trainer.report.SampleLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the model writes after the sample prompts, while its parameters are spread over ranks. */
class SampleTextsTest {
  private static final List<String> PROMPTS = List.of("w3 w7", "w12", "w30 w22 w6");
  @TempDir Path root;
  private TinyJob job;

  @BeforeEach
  void begin() {
    job = new TinyJob(root, 2, 3, 20);
  }

  private TrainRun sampled(String output, int devices, int stage) {
    var changes = new HashMap<String, Object>();
    changes.put("output", job.withOutput(output).output());
    changes.put("parallelism.devices", devices);
    changes.put("parallelism.zeroStage", stage);
    changes.put("microBatchSize", 1);
    changes.put("samplePrompts", Map.of("prompts", PROMPTS, "maxNewTokens", 6));
    return job.copy(changes);
  }

  private static byte[] file(TrainRun run, String name) {
    return TinyJob.STORE.read(TinyJob.output(run, "model/" + name));
  }

  private static SampleLog samples(TrainRun run) {
    return SampleLog.parse(file(run, "samples.jsonl"), "samples");
  }

  /** The exported model's own continuations, one prompt after the other. */
  private static List<String> written(TrainRun run) {
    var folder = ModelFolder.open(TinyJob.STORE, TinyJob.output(run, "model"), null);
    try (var model = LoadedModel.load(folder.config(), folder, Device.cpu(), DataType.FLOAT32)) {
      var generator = new TextGenerator(model.decoder(), Sampler.GREEDY);
      return PROMPTS.stream()
          .map(SampleTextsTest::ids)
          .map(ids -> generator.continueAll(List.of(ids), 6, id -> id == TinyCorpus.EOS).getFirst())
          .map(SampleTextsTest::words)
          .toList();
    }
  }

  private static int[] ids(String prompt) {
    return List.of(prompt.split(" ")).stream()
        .mapToInt(w -> Integer.parseInt(w.substring(1)))
        .toArray();
  }

  private static String words(int[] ids) {
    return IntStream.of(ids).mapToObj(id -> "w" + id).collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 1", "2, 2", "4, 3"})
  void theyAreThoseOfTheWholeModel(int devices, int stage) {
    var run = sampled("whole", devices, stage);
    InProcess.run(run, root.resolve("scratch"));
    var samples = samples(run);
    assertThat(samples.steps()).containsExactly(0L, 10L, 20L);
    assertThat(samples.byPrompt().keySet()).containsExactlyElementsOf(PROMPTS);
    assertThat(samples.byPrompt().values().stream().map(texts -> texts.get(20L)).toList())
        .isEqualTo(written(run));
    var table =
        Jsoup.parse(new String(file(run, "report.html"), StandardCharsets.UTF_8))
            .selectFirst("h2:containsOwn(Sample prompts) ~ div table");
    assertThat(table.select("th").eachText())
        .containsExactly("prompt", "step 0", "step 10", "step 20");
    assertThat(table.select("td").eachText()).anyMatch(text -> text.startsWith("w30 w22 w6"));
  }

  @Test
  void aRunWithSamplesHasTheBitsOfOneWithout() {
    var with = sampled("with", 2, 3);
    var reports = new ArrayList<ProgressReport>();
    InProcess.run(with, root.resolve("scratch-with"), InProcess.told(with, reports::add));
    assertThat(reports)
        .anyMatch(report -> report.stage().equals("samples") && report.step() > 0)
        .noneMatch(report -> report.totalSteps() != null && report.step() > report.totalSteps());
    var off =
        job.copyOf(
            with,
            Map.of(
                "output", job.withOutput("off").output(),
                "samplePrompts", Map.of("maxNewTokens", 0)));
    InProcess.run(off, root.resolve("scratch-off"));
    assertThat(file(with, "metrics.jsonl")).isEqualTo(file(off, "metrics.jsonl"));
    assertThat(file(with, "model.safetensors")).isEqualTo(file(off, "model.safetensors"));
    assertThat(TinyJob.STORE.stat(TinyJob.output(off, "model/samples.jsonl"))).isEmpty();
  }

  @Test
  void anInterruptedRunKeepsThem() {
    var undisturbed = sampled("undisturbed", 2, 2);
    InProcess.run(undisturbed, root.resolve("scratch"));
    var cut = sampled("cut", 2, 2);
    InProcess.stopAt(cut, root.resolve("scratch-cut"), 12);
    InProcess.run(cut, root.resolve("scratch-rest"));
    assertThat(file(cut, "samples.jsonl")).isEqualTo(file(undisturbed, "samples.jsonl"));
  }

  @Test
  void tenFinancialPromptsAreThereForRunsThatNameNone() {
    var run = job.copy(Map.of("samplePrompts", Map.of("maxNewTokens", 40)));
    InProcess.run(run, root.resolve("scratch"));
    var samples = samples(run);
    assertThat(samples.byPrompt()).hasSize(10).containsKey("有価証券報告書とは、");
    // 64 positions: 32 for the continuation, and at least as many for the prompt.
    assertThat(samples.byPrompt().values())
        .allSatisfy(texts -> assertThat(texts.get(20L).split(" ").length).isLessThanOrEqualTo(32));
  }
}
