package dev.keizoku.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.eval.files.KeptSamples;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.parquet.ParquetColumn;
import dev.keizoku.storage.parquet.ParquetWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run on a user's own tasks, of every kind: rows out of Parquet, written answers, one word. */
class OwnTasksRunTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> QUESTIONS =
      List.of("金利が上がると債券の価格は", "日本の中央銀行は", "売上高は", "利益は", "円安とは");

  @TempDir Path folder;

  @Test
  void everyKindOfTaskReachesTheResults() throws IOException {
    var tasks = Files.createDirectory(folder.resolve("tasks"));
    Files.write(tasks.resolve("rows.parquet"), rows());
    var shared =
        """
        dataset_path: parquet
        dataset_kwargs: {data_files: {test: rows.parquet}}
        test_split: test
        doc_to_text: question
        doc_to_target: answer
        """;
    Files.writeString(
        tasks.resolve("words.yaml"),
        "task: words\n"
            + shared
            + "generation_kwargs: {max_gen_toks: 6}\nmetadata: {metrics: [numeric_match]}\n"
            + "metric_list: [{metric: exact_match}]\n");
    Files.writeString(
        tasks.resolve("next.yaml"), "task: next\noutput_type: loglikelihood\n" + shared);
    Files.writeString(
        tasks.resolve("texts.yaml"),
        "task: texts\noutput_type: loglikelihood_rolling\n"
            + shared.replace("doc_to_target: answer", "doc_to_target: \"{{question}}、{{answer}}\"")
            + "metric_list: [{metric: word_perplexity}, {metric: bits_per_byte}]\n");
    var run =
        SmallRun.file(folder.resolve("out"))
                .replaceFirst(
                    "tasks:\n(- \\{.*\n)+", "tasks: [{name: words}, {name: next}, {name: texts}]\n")
            + "includePath: %s\n".formatted(StoreUri.of(tasks));
    assertThat(evaluate(run)).isZero();

    var results = JSON.readTree(folder.resolve("out/results.json").toFile());
    assertThat(results.at("/results/words/exact_match,none").doubleValue()).isZero();
    assertThat(results.at("/configs/words/generation_kwargs/maxTokens").intValue()).isEqualTo(6);
    assertThat(results.at("/higher_is_better/next/perplexity").booleanValue()).isFalse();
    var sum = 0.0;
    for (var line : lines("next", "tuned")) {
      sum += line.at("/filtered_resps/0/0").doubleValue();
      assertThat(line.at("/arguments/0/1").textValue()).startsWith(" ");
    }
    assertThat(results.at("/results/next/perplexity,none").doubleValue())
        .isCloseTo(Math.exp(-sum / QUESTIONS.size()), within(1e-9));
    for (var line : lines("words", "tuned")) {
      assertThat(line.at("/resps/0/0").textValue())
          .isEqualTo(line.at("/filtered_resps/0").textValue());
      assertThat(line.get("target").textValue()).matches("\\d+億円");
    }
    documentsAreScoredWhole(results);
    // Again without a model.
    for (var model : List.of("base", "tuned")) {
      for (var metric :
          List.of(
              "words/exact_match",
              "words/numeric_match",
              "next/perplexity",
              "next/acc",
              "texts/bits_per_byte")) {
        var name = metric.split("/");
        assertThat(kept().byModel().get(model).get(name[0]).measure(name[1]).value())
            .as(metric)
            .isEqualTo(
                results
                    .at("/models/%s/results/%s/%s,none".formatted(model, name[0], name[1]))
                    .doubleValue());
      }
    }
    var before = Files.readAllBytes(folder.resolve("out/samples.jsonl"));
    assertThat(evaluate(run)).isZero();
    assertThat(folder.resolve("out/samples.jsonl")).hasBinaryContent(before);
    assertThat(Files.readString(folder.resolve("out/report.html"))).contains("numeric_match");
    stylesAreCounted(results);
    // The shipped one lets a model write more than these have positions for.
    assertThat(evaluate(run.replace("{name: words}", "{name: jfinqa, limit: 2}"))).isEqualTo(42);
    assertThat(Files.readString(folder.resolve("termination")))
        .contains("TooManyNewTokens", "jfinqa", "generation_kwargs.max_gen_toks");
  }

  /** As lm-evaluation-harness scores them: nothing in front, all bytes together. */
  private void documentsAreScoredWhole(JsonNode results) throws IOException {
    double nats = 0;
    int bytes = 0;
    for (var line : lines("texts", "tuned")) {
      assertThat(line.get("output_type").textValue()).isEqualTo("loglikelihood_rolling");
      assertThat(line.at("/arguments/0/0").textValue()).matches(".+、\\d億円");
      nats -= line.at("/filtered_resps/0/0").doubleValue();
      bytes += line.at("/arguments/0/0").textValue().getBytes(StandardCharsets.UTF_8).length;
    }
    assertThat(results.at("/results/texts/bits_per_byte,none").doubleValue())
        .isCloseTo(nats / Math.log(2) / bytes, within(1e-9));
    // Words, which Japanese does not write apart, do not stand for it.
    var row = results.at("/comparisons/tasks/2");
    assertThat(row.get("task").textValue()).isEqualTo("texts");
    assertThat(row.get("metric").textValue()).isEqualTo("bits_per_byte");
    assertThat(results.at("/comparisons/overall/0/base/value"))
        .isEqualTo(results.at("/comparisons/tasks/0/base/value"));
  }

  private void stylesAreCounted(JsonNode results) throws IOException {
    var styles = results.get("styles");
    // Five of the texts and how often they were cut, for the task and the two prompts.
    assertThat(styles).hasSize(6 * 2);
    var length = styles.get(0);
    assertThat(length.get("task").textValue()).isEqualTo("words");
    assertThat(length.get("metric").textValue()).isEqualTo("length");
    double sum = 0;
    for (var line : lines("words", "tuned")) {
      sum += line.at("/resps/0/0").textValue().codePoints().count();
    }
    assertThat(length.at("/tuned/value").doubleValue())
        .isCloseTo(sum / QUESTIONS.size(), within(1e-9));
    assertThat(length.get("delta").doubleValue())
        .isBetween(
            length.at("/interval/low").doubleValue(), length.at("/interval/high").doubleValue());
    assertThat(styles.get(5).get("metric").textValue()).isEqualTo("cut_by_length");
    assertThat(styles.get(5).at("/tuned/value").doubleValue()).isBetween(0.0, 1.0);
    assertThat(styles.get(6).get("task").textValue()).isEqualTo("generation");
    assertThat(Files.readString(folder.resolve("out/report.html")))
        .contains("How the models write", "cut by length, share");
  }

  /** A prompt in the template is the prompt that the template makes of it. */
  @Test
  void promptsAreAskedAsAConversation() throws IOException {
    var base =
        ModelCopy.of(
            SmallRun.MODELS.resolve("base"), folder.resolve("base"), (name, value) -> value);
    Files.writeString(
        base.resolve("chat_template.jinja"),
        "{% for m in messages %}{{ m.role }}「{{ m.content }}」{% endfor %}答え:");
    var plain =
        SmallRun.file(folder.resolve("out"))
            .replaceFirst("tasks:\n(- \\{.*\n)+", "tasks: [{name: fp2, limit: 6}]\n")
            .replaceFirst(
                "base: \\{.*", "base: {name: base, uri: %s}".formatted(StoreUri.of(base)));
    var generation = "generation: {prompts: [\"%s\"], maxNewTokens: 8%s}";
    var run =
        plain.replaceFirst(
            "generation: .*", generation.formatted("円安", ", applyChatTemplate: true"));
    assertThat(evaluate(run)).isEqualTo(42);
    assertThat(Files.readString(folder.resolve("termination")))
        .contains("generation.applyChatTemplate needs chat");
    assertThat(evaluate(run + "chat: {system: 短く, thinkEnd: 考}\n")).isZero();
    var asked = answers();
    assertThat(Files.readString(folder.resolve("out/report.html")))
        .contains("asked in the chat template");
    assertThat(
            evaluate(
                plain.replaceFirst(
                    "generation: .*", generation.formatted("system「短く」user「円安」答え:", ""))))
        .isZero();
    assertThat(asked).isEqualTo(answers());
  }

  private JsonNode answers() throws IOException {
    return JSON.readTree(folder.resolve("out/results.json").toFile()).at("/answers/0/byModel");
  }

  private int evaluate(String run) throws IOException {
    return SmallRun.evaluate(folder, run);
  }

  private List<JsonNode> lines(String task, String model) throws IOException {
    var all = new ArrayList<JsonNode>();
    for (var line : Files.readAllLines(folder.resolve("out/samples.jsonl"))) {
      var sample = JSON.readTree(line);
      if (sample.get("task").textValue().equals(task)
          && sample.get("model").textValue().equals(model)) {
        all.add(sample);
      }
    }
    assertThat(all).hasSize(QUESTIONS.size());
    return all;
  }

  private KeptSamples kept() throws IOException {
    try (var lines = Files.newBufferedReader(folder.resolve("out/samples.jsonl"))) {
      return KeptSamples.read(lines, "samples.jsonl");
    }
  }

  private static byte[] rows() throws IOException {
    var bytes = new ByteArrayOutputStream();
    var columns = List.of(ParquetColumn.string("question"), ParquetColumn.string("answer"));
    var table = new ParquetWriter(bytes, columns);
    for (int i = 0; i < QUESTIONS.size(); i++) {
      table.add(new Object[] {QUESTIONS.get(i), (i + 1) + "億円"});
    }
    table.finish();
    return bytes.toByteArray();
  }
}
