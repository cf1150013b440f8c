package dev.keizoku.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.result.EvalResult;
import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.eval.files.KeptSamples;
import dev.keizoku.storage.StoreUri;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvalMainTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private Path output;

  @BeforeEach
  void files() {
    output = folder.resolve("out");
  }

  @Test
  void aRunEndsWithFilesThatAgreeWithEachOther() throws IOException {
    assertThat(evaluate(runFile())).isZero();
    var report = report();
    var first = filesForLmEval();
    // Of two models the results, and the samples of two tasks.
    assertThat(first).hasSize(2 * 3);
    assertThat(evaluate(runFile())).isZero();
    assertThat(filesForLmEval()).hasSize(2 * 3).doesNotContainAnyElementsOf(first);
    report = report();
    assertThat(report.eval().scores()).extracting("task").containsExactly("fp2", "chabsa-1.0-0.1");
    var results = JSON.readTree(output.resolve("results.json").toFile());
    var samples = samples().byModel();
    for (var score : report.eval().scores()) {
      var tuned = samples.get("tuned").get(score.task()).measure(score.metric()).value();
      var base = samples.get("base").get(score.task()).measure(score.metric()).value();
      assertThat(score.tuned()).isCloseTo(tuned, within(1e-6));
      assertThat(score.base()).isCloseTo(base, within(1e-6));
      assertThat(score.delta()).isCloseTo(tuned - base, within(1e-6));
      assertThat(score.ciLow()).isLessThanOrEqualTo(score.ciHigh());
      assertThat(results.at("/results/" + score.task()).get(score.metric() + ",none").doubleValue())
          .isEqualTo(tuned);
      assertThat(
              results
                  .at("/models/base/results/" + score.task())
                  .get(score.metric() + ",none")
                  .doubleValue())
          .isEqualTo(base);
    }
    assertThat(report.eval().overall().getFirst().n()).isEqualTo(6 + 40);
    assertThat(Digests.sha256(output.resolve("manifest.json")))
        .isEqualTo(report.artifact().sha256());
  }

  @Test
  void aSweepIsOneRunWithOneMeanForEachTask() throws IOException {
    var sweep =
        runFile()
            .replace("promptVersion: 1.0-0.1,", "promptVersions: [1.0-0.1, 1.0-0.1.2, 1.0-0.2],")
            .replace("bootstrap:", "promptVersions: [default, 1.0-0.2]\nbootstrap:");
    assertThat(evaluate(sweep)).isZero();
    var result = report().eval();
    assertThat(result.scores()).extracting("task").containsExactly("fp2", "chabsa");
    var prompts = JSON.readTree(output.resolve("results.json").toFile()).at("/comparisons/prompts");
    // The benchmark asks chabsa's 0.1 where a set has 0.1.2.
    assertThat(prompts.findValuesAsText("task"))
        .containsExactly("fp2", "fp2-1.0-0.2", "chabsa-1.0-0.1", "chabsa-1.0-0.2");
    var tuned = new double[4];
    for (int i = 0; i < 4; i++) {
      tuned[i] = prompts.get(i).at("/tuned/value").doubleValue();
    }
    var means = result.scores().stream().mapToDouble(EvalResult.Score::tuned).toArray();
    assertThat(means[0]).isCloseTo((tuned[0] + tuned[1]) / 2, within(1e-6));
    assertThat(means[1]).isCloseTo((2 * tuned[2] + tuned[3]) / 3, within(1e-6));
    var overall = result.overall().getFirst();
    assertThat(overall.tuned())
        .isCloseTo(((tuned[0] + tuned[1]) / 2 + (2 * tuned[2] + tuned[3]) / 3) / 2, within(1e-6));
    assertThat(overall.n()).isEqualTo(6 + 40);
    var sample = JSON.readTree(Files.readAllLines(output.resolve("samples.jsonl")).get(12));
    assertThat(sample.get("task").textValue()).isEqualTo("chabsa-1.0-0.1");
    assertThat(sample.get("prompt_of").textValue()).isEqualTo("chabsa");
    assertThat(sample.get("prompt_sets")).hasSize(2);
    assertThat(sample.get("unit").textValue()).startsWith("chabsa/chABSA-dataset/e00008_ann.json#");
  }

  @Test
  void whatAModelMayForgetIsARowOfItsOwn() throws IOException {
    var run = runFile().replace("- {name: chabsa, promptVersion: 1.0-0.1", "- {name: jnli");
    assertThat(evaluate(run)).isZero();
    assertThat(report().eval().overall().getFirst().n()).isEqualTo(6);
    var general = JSON.readTree(output.resolve("results.json").toFile()).at("/comparisons/general");
    assertThat(general).hasSize(1);
    assertThat(general.get(0).get("n").intValue()).isEqualTo(40);
  }

  @Test
  void heldOutTextIsScoredBesideTheTasks() throws IOException {
    var texts = List.of("売上高は前期比で増加した。", "日本銀行は物価の安定を図る。", "円安が進んだ。".repeat(60));
    var manifest = HeldOutCorpus.write(folder.resolve("corpus"), texts);
    var run =
        runFile()
            + "perplexity: [{name: finance, uri: %s, general: true}]\n"
                .formatted(StoreUri.of(manifest));
    assertThat(evaluate(run)).isZero();
    var result = report().eval();
    var overall = result.overall().getFirst();
    assertThat(overall.n()).isEqualTo(6 + 40);
    var row = result.scores().getLast();
    assertThat(row.task()).isEqualTo("heldout_finance");
    assertThat(row.metric()).isEqualTo("bits_per_char");
    assertThat(row.n()).isEqualTo(3);
    assertThat(row.delta()).isBetween(row.ciLow(), row.ciHigh());
    // Forgotten is a share of the base model's perplexity, whatever its scale.
    var end = result.summaries().getFirst().general();
    assertThat(end.low()).isLessThan(-row.delta() / row.base());
    assertThat(end.high()).isGreaterThan(-row.delta() / row.base());
    var results = JSON.readTree(output.resolve("results.json").toFile());
    var tuned = results.at("/models/tuned/results/heldout_finance");
    double nats = tuned.get("nats_per_token,none").doubleValue();
    assertThat(nats).isBetween(1.0, 20.0);
    // A document without blanks is one word of thousands of nats.
    assertThat(tuned.get("word_perplexity,none").textValue()).isEqualTo("N/A");
    var lines =
        Files.readAllLines(output.resolve("samples.jsonl")).stream()
            .filter(line -> line.contains("heldout_finance") && line.contains("\"tuned\""))
            .toList();
    assertThat(lines).hasSize(3);
    double sum = 0;
    double characters = 0;
    for (var line : lines) {
      var sample = JSON.readTree(line);
      sum -= sample.at("/filtered_resps/0/0").doubleValue();
      characters += sample.at("/extent/characters").intValue();
    }
    assertThat(characters).isEqualTo(texts.stream().mapToInt(String::length).sum());
    assertThat(tuned.get("bits_per_char,none").doubleValue())
        .isCloseTo(sum / characters / Math.log(2), within(1e-9));
    // Again without a model.
    assertThat(samples().byModel().get("tuned").get("heldout_finance").measure("bits_per_char"))
        .extracting("value")
        .isEqualTo(tuned.get("bits_per_char,none").doubleValue());
    assertThat(Files.readString(output.resolve("report.html"))).contains("heldout_finance");
    Files.delete(folder.resolve("corpus/documents/heldout-00000.parquet"));
    assertThat(evaluate(run)).isEqualTo(42);
    HeldOutCorpus.write(folder.resolve("corpus"), List.of());
    assertThat(evaluate(run)).isEqualTo(42);
    assertThat(report().message()).contains("holds no held-out documents");
  }

  @Test
  void answersOfAllModelsStandSideBySide() throws IOException {
    evaluate(runFile());
    var answers = JSON.readTree(output.resolve("results.json").toFile()).get("answers");
    assertThat(answers).hasSize(2);
    assertThat(answers.get(0).get("prompt").textValue()).isEqualTo("日本銀行は<b>");
    assertThat(answers.get(0).get("byModel").fieldNames())
        .toIterable()
        .containsExactly("base", "tuned");
    assertThat(Files.readString(output.resolve("report.html")))
        .contains("日本銀行は&lt;b&gt;")
        .doesNotContain("日本銀行は<b>");
  }

  @Test
  void aModelAgainstItselfIsWithinNoise() throws IOException {
    assertThat(evaluate(runFile().replace("models/tuned", "models/base"))).isZero();
    var overall = report().eval().overall().getFirst();
    assertThat(overall.delta()).isZero();
    // Of so few questions the next one may still be answered otherwise.
    assertThat(overall.ciLow()).isNegative().isEqualTo(-overall.ciHigh());
    assertThat(report().message()).contains("answers every question of overall as the base model");
  }

  @Test
  void theSameRunGivesTheSameNumbers() throws IOException {
    evaluate(runFile());
    var first = report().eval();
    var samples = Files.readString(output.resolve("samples.jsonl"));
    evaluate(runFile());
    assertThat(report().eval()).isEqualTo(first);
    assertThat(output.resolve("samples.jsonl")).hasContent(samples);
  }

  @Test
  void tasksAreListedWithTheirPrompts() {
    var before = System.out;
    var printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      assertThat(EvalMain.run(Map.of(), "tasks")).isZero();
    } finally {
      System.setOut(before);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("chabsa", "7,723 questions, score f1; prompts default, 1.0-0.1, 1.0-0.2");
  }

  private List<Path> filesForLmEval() throws IOException {
    try (var files = Files.walk(output.resolve("lm-eval"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private String runFile() {
    return SmallRun.file(output);
  }

  private int evaluate(String run) throws IOException {
    return SmallRun.evaluate(folder, run);
  }

  private FinalReport report() throws IOException {
    return SmallRun.report(folder);
  }

  private KeptSamples samples() throws IOException {
    try (var lines = Files.newBufferedReader(output.resolve("samples.jsonl"))) {
      return KeptSamples.read(lines, "samples.jsonl");
    }
  }
}
