package dev.keizoku.eval.command;

import static dev.keizoku.eval.command.KeptRuns.printed;
import static dev.keizoku.eval.command.KeptRuns.refused;
import static dev.keizoku.eval.command.KeptRuns.results;
import static dev.keizoku.eval.command.KeptRuns.scores;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of two scores is the better one, by whatever metric they are. */
class ComparedMetricsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  /** As lm-eval keeps loglikelihood_rolling: a log-likelihood and a size a metric. */
  @Test
  void lessIsBetterForDocuments() throws IOException {
    var random = new SplittableRandom(5);
    var base = new StringBuilder();
    var tuned = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      int bytes = 100 + random.nextInt(400);
      double nats = bytes * (1 + random.nextDouble() / 10);
      base.append(document(i, -nats, bytes));
      tuned.append(document(i, -0.8 * nats, bytes));
    }
    var of = Files.writeString(folder.resolve("samples_wiki.jsonl"), base).toString();
    var to = Files.createDirectory(folder.resolve("tuned")).resolve("samples_wiki.jsonl");
    Files.writeString(to, tuned);
    assertThat(printed(new CompareCommand(), of, to.toString()))
        .contains("wiki: samples_wiki-2 is better than the base model by 0.3030 bits_per_byte");
    assertThat(printed(new GateCommand(), of, to.toString())).startsWith("PASS");
    assertThat(printed(new GateCommand(), to.toString(), of)).startsWith("BLOCK");

    var mixed =
        printed(
            new CompareCommand(), mixed("mixed-base", 0.3, 1.5), mixed("mixed-tuned", 0.4, 1.2));
    assertThat(mixed)
        .contains("wiki: mixed-tuned is better than the base model by 0.3000 bits_per_byte")
        .contains("overall: mixed-tuned is better than the base model by 0.1000 (");
  }

  @Test
  void noPerplexityIsBetterForBeingHigher() throws IOException {
    var five = scores(folder, "five", "{\"perplexity,none\":5.0,\"perplexity_stderr,none\":0.1}");
    var nine = scores(folder, "nine", "{\"perplexity,none\":9.0,\"perplexity_stderr,none\":0.1}");
    assertThat(printed(new CompareCommand(), five, nine))
        .contains("nine is worse than the base model by 4.0000");
    assertThat(printed(new CompareCommand(), nine, five))
        .contains("five is better than the base model by 4.0000");
  }

  /** Ours keeps an answer's log-likelihood and a size, lm-eval the log-likelihood alone. */
  @Test
  void perplexitiesOfAnswersAreNoLabels() throws IOException {
    for (var form : List.of("[%s,1.0]", "%s")) {
      var base = answered("base" + form.length(), -5, "perplexity", form);
      var tuned = answered("tuned" + form.length(), -4, "perplexity", form);
      // exp of the mean, and less is better.
      assertThat(printed(new CompareCommand(), base, tuned))
          .contains(" is better than the base model by %.4f perplexity".formatted(gap()));
      assertThat(printed(new GateCommand(), tuned, base)).startsWith("BLOCK");
    }
  }

  /** What the first filter reads out has a metric of its own for every question. */
  @Test
  void aPerplexityOfAnotherFilterIsOneToo() throws IOException {
    var base = secondFilter("base", -5);
    var tuned = secondFilter("tuned", -4);
    assertThat(printed(new CompareCommand(), base, tuned))
        .contains("is better than the base model by %.4f perplexity,second".formatted(gap()));
    assertThat(printed(new CompareCommand(), tuned, base)).contains("is worse than");
  }

  private String secondFilter(String name, double first) throws IOException {
    var path = Path.of(answered(name, first, "perplexity", "[%s,1.0]"));
    var lines = new StringBuilder();
    for (var line : Files.readAllLines(path)) {
      var sample = (ObjectNode) JSON.readTree(line);
      var metric = "of" + sample.get("doc_id");
      var other = sample.deepCopy().put(metric, 1);
      other.putArray("metrics").add(metric);
      lines.append(other).append('\n').append(sample.put("filter", "second")).append('\n');
    }
    return Files.writeString(path, lines).toString();
  }

  /** The same likeliest choice everywhere, but not a code point. */
  @Test
  void answersByLengthAreThoseThatAreScored() throws IOException {
    var lines = new StringBuilder();
    for (var model : List.of("base", "tuned")) {
      for (int i = 0; i < 30; i++) {
        lines.append(
            "{\"model\":\"%s\",\"task\":\"mine\",\"prompt_of\":\"mine\",\"doc_id\":%d,\"doc\":{\"answers\":[\"a\",\"bbbb\"]},\"filtered_resps\":[[-1,true],[%d,false]],\"metrics\":[\"acc_norm\"],\"acc_norm\":0}\n"
                .formatted(model, i, model.equals("base") ? -9 : -2));
      }
    }
    var file = Files.writeString(folder.resolve("samples.jsonl"), lines).toString();
    assertThat(printed(new CompareCommand(), file))
        .contains("mine: ")
        .doesNotContain("answers every question as the base model");
  }

  private static double gap() {
    return Math.exp(5.145) - Math.exp(4.145);
  }

  /** Thirty answers, log-likelihoods falling by 0.01 from one to the next. */
  private String answered(String name, double first, String metric, String form)
      throws IOException {
    var lines = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      lines.append(
          "{\"doc_id\":%d,\"metrics\":[\"%s\"],\"%s\":%s}\n"
              .formatted(i, metric, metric, form.formatted(first - i / 100.0)));
    }
    var folder = Files.createDirectory(this.folder.resolve(name));
    return Files.writeString(folder.resolve("samples_said.jsonl"), lines).toString();
  }

  @Test
  void aPerplexityBeyondAllNumbersIsRefused() throws IOException {
    var base = answered("long", -800, "perplexity", "[%s,1.0]");
    refused("name bits_per_char first in the metric_list", base, base);
  }

  @Test
  void ofALossLessIsBetterWhoeverNamesIt() throws IOException {
    var base = answered("high", -0.3, "brier_score", "%s");
    var tuned = answered("low", -0.4, "brier_score", "%s");
    assertThat(printed(new CompareCommand(), base, tuned))
        .contains("is better than the base model by 0.1000 brier_score");
    // A metric of somebody's own, of which the results beside the samples tell it.
    var mine = answered("mine", -0.3, "my_error", "%s");
    var other = answered("other", -0.4, "my_error", "%s");
    assertThat(printed(new CompareCommand(), mine, other)).contains("is worse than");
    for (var samples : List.of(mine, other)) {
      Files.writeString(
          Path.of(samples).resolveSibling("results_2026-01-01.json"),
          "{\"results\":{},\"higher_is_better\":{\"said\":{\"my_error\":false}}}");
    }
    assertThat(printed(new CompareCommand(), mine, other)).contains("is better than");
    var one =
        scoresOfLoss("one", "{\"my_error,none\":0.5,\"my_error_stderr,none\":0.01}", "my_error");
    var two =
        scoresOfLoss("two", "{\"my_error,none\":0.3,\"my_error_stderr,none\":0.01}", "my_error");
    assertThat(printed(new CompareCommand(), one, two)).contains("two is better than");
  }

  private String scoresOfLoss(String name, String fp2, String loss) throws IOException {
    var path = Path.of(scores(folder, name, fp2));
    var file = (ObjectNode) JSON.readTree(path.toFile());
    file.putObject("higher_is_better").putObject("fp2").put(loss, false);
    return Files.writeString(path, file.toString()).toString();
  }

  /** lm-eval writes a line for each filter: two answers are read out of one text. */
  @Test
  void filtersOfATaskAreNoQuestionsOfTheirOwn() throws IOException {
    assertThat(printed(new CompareCommand(), filtered("a", 20), filtered("b", 10)))
        .contains("is worse than the base model by 0.2500", "with 40 questions");
    var twice = filtered("twice", 5);
    Files.writeString(
        Path.of(twice), Files.readString(Path.of(twice)) + Files.readString(Path.of(twice)));
    refused("doc_id 0 of gsm stands there twice", twice, twice);
    var flexible =
        "{\"exact_match,strict\":%s,\"exact_match_stderr,strict\":0.01,\"exact_match,flexible\":0.9}";
    assertThat(
            printed(
                new CompareCommand(),
                scores(folder, "strict", flexible.formatted(0.2)),
                scores(folder, "stricter", flexible.formatted(0.4))))
        .contains("stricter is better than the base model by 0.2000");
  }

  /**
   * @param right questions of 40 that the first filter finds answered rightly; the second all
   */
  private String filtered(String name, int right) throws IOException {
    var lines = new StringBuilder();
    for (var filter : List.of("strict", "flexible")) {
      for (int i = 0; i < 40; i++) {
        lines.append(
            "{\"doc_id\":%d,\"filter\":\"%s\",\"metrics\":[\"exact_match\"],\"exact_match\":%d}\n"
                .formatted(i, filter, filter.equals("flexible") || i < right ? 1 : 0));
      }
    }
    var folder = Files.createDirectory(this.folder.resolve(name));
    return Files.writeString(folder.resolve("samples_gsm.jsonl"), lines).toString();
  }

  private String mixed(String name, double acc, double bits) throws IOException {
    var results = JSON.createObjectNode();
    results.putObject("fp2").put("acc,none", acc).put("acc_stderr,none", 0.02);
    results
        .putObject("wiki")
        .put("bits_per_byte,none", bits)
        .put("bits_per_byte_stderr,none", 0.01);
    return results(folder, name, results);
  }

  private static String document(int id, double nats, int bytes) {
    return "{\"doc_id\":%d,\"filtered_resps\":[%s],\"metrics\":[\"bits_per_byte\"],\"bits_per_byte\":[%s,%d]}\n"
        .formatted(id, nats, nats, bytes);
  }
}
