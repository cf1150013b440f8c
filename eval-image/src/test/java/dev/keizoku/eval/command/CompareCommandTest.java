package dev.keizoku.eval.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.Golden;
import dev.keizoku.eval.kept.KeptFiles;
import dev.keizoku.eval.kept.KeptModel;
import dev.keizoku.eval.task.TaskCatalog;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CompareCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void ourSamplesAndLmEvalsGiveTheSameNumbers() throws IOException {
    var ours = ours(answers(1, 0.4), answers(2, 0.7));
    var base = lmEval("base", answers(1, 0.4));
    var tuned = lmEval("tuned", answers(2, 0.7));

    var paired = printed(new CompareCommand(), ours);

    assertThat(paired)
        .startsWith("tuned")
        .contains("fp2: tuned is better than the base model by 0.", "more than noise explains.")
        .contains("chabsa-1.0-0.1: ")
        .contains("The 2 tasks with 240 questions are worth ");
    assertThat(printed(new CompareCommand(), base, tuned).lines())
        .containsExactlyInAnyOrderElementsOf(paired.lines().toList());
    assertThat(printed(new CompareCommand(), ours + "#base", ours + "#tuned")).isEqualTo(paired);
  }

  @Test
  void theGateSaysTheSameOfKeptSamplesByItsExitCode() throws IOException {
    var good = ours(answers(1, 0.4), answers(2, 0.7));
    assertThat(exit(good)).isZero();
    assertThat(printed(new GateCommand(), good)).startsWith("PASS  tuned passes: ");
    assertThat(exit(good, "--min-delta", "0.9")).isEqualTo(1);
    assertThat(exit(good, "--min-delta", "0.45")).isEqualTo(3);
    assertThat(exit(ours(answers(1, 0.5), answers(1, 0.5)), "--min-delta", "-1")).isEqualTo(1);
  }

  @Test
  void thePublishedFilesShowThatTheSignFlips() throws IOException {
    var golden = Golden.read("leaderboard.json");
    var page = folder.resolve("page.html");
    var printed =
        printed(
            new CompareCommand(),
            published("base", golden.get("rinna/nekomata-14b").get("results")),
            published("qfin", golden.get("pfnet/nekomata-14b-pfn-qfin").get("results")),
            "--page",
            page.toString());
    var sentence = "The sign of the gain flips in 2 of 9 prompt sets";
    assertThat(printed).contains(sentence);
    var shown = Jsoup.parse(Files.readString(page));
    assertThat(shown.text()).contains(sentence, "Scores alone were kept");
    var rows = shown.select("table:contains(Prompt set) tbody tr");
    assertThat(rows).hasSize(9);
    assertThat(rows.select("td:eq(3)").eachText().stream().filter(t -> t.startsWith("\u2212")))
        .hasSize(2);
  }

  @Test
  void scoresWithErrorsAreComparedUnpaired() throws IOException {
    var base = scores("base", "{\"acc,none\":0.30,\"acc_stderr,none\":0.02,\"alias\":\"x\"}");
    var tuned = scores("tuned", "{\"acc,none\":0.40,\"acc_stderr,none\":0.02,\"alias\":\"x\"}");
    assertThat(printed(new CompareCommand(), base, tuned))
        .contains("tuned is better than the base model by 0.1000 (+0.0446 to +0.1554 at 95%");
    var without = scores("none", "{\"acc\":0.40}");
    assertThat(printed(new CompareCommand(), base, without))
        .contains("the difference is +0.1000; without the items nothing can be said of chance.");
    assertThat(printed(new GateCommand(), base, tuned)).startsWith("INCONCLUSIVE  Scores without");
  }

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
    var five = scores("five", "{\"perplexity,none\":5.0,\"perplexity_stderr,none\":0.1}");
    var nine = scores("nine", "{\"perplexity,none\":9.0,\"perplexity_stderr,none\":0.1}");
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
    var one = scores("one", "{\"my_error,none\":0.5,\"my_error_stderr,none\":0.01}", "my_error");
    var two = scores("two", "{\"my_error,none\":0.3,\"my_error_stderr,none\":0.01}", "my_error");
    assertThat(printed(new CompareCommand(), one, two)).contains("two is better than");
  }

  private String scores(String name, String fp2, String loss) throws IOException {
    var path = Path.of(scores(name, fp2));
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
                scores("strict", flexible.formatted(0.2)),
                scores("stricter", flexible.formatted(0.4))))
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
    return results(name, results);
  }

  private static String document(int id, double nats, int bytes) {
    return "{\"doc_id\":%d,\"filtered_resps\":[%s],\"metrics\":[\"bits_per_byte\"],\"bits_per_byte\":[%s,%d]}\n"
        .formatted(id, nats, nats, bytes);
  }

  @Test
  void whatCannotBeComparedIsNamed() throws IOException {
    var samples = ours(answers(1, 0.4), answers(2, 0.7));
    refused("holds no model 'x'; choose one of base, tuned", samples + "#x", samples);
    refused("Cannot read /nowhere.jsonl; give a samples.jsonl", "/nowhere.jsonl", samples);
    refused("There is one model, base", samples + "#base");
    var other = lmEval("other", answers(3, 0.5).subList(0, 100));
    refused("the base model has 120 items and a candidate 100", samples + "#base", other);
    var bad = Files.writeString(folder.resolve("bad.jsonl"), "{\"doc_id\":0,\"metrics\":[]}\n");
    // Gold and prediction of somebody's f1: which f1, only our own tasks tell.
    var f1 = "{\"doc_id\":0,\"metrics\":[\"f1\"],\"f1\":[1,0]}\n";
    var foreign = Files.writeString(folder.resolve("samples_mine.jsonl"), f1).toString();
    refused("no metric of the item is a number", foreign);
    refused(
        "Line 1 of " + bad + " is no sample (no metric of the item is a number)", bad.toString());
  }

  @Test
  void anotherQuestionUnderTheSameNumberIsRefused() throws IOException {
    var base = lmEval("base", answers(1, 0.4));
    var tuned = lmEval("tuned", answers(2, 0.7));
    var file = Path.of(tuned).resolve("samples_fp2_2026-01-01T00-00-00.000000.jsonl");
    Files.writeString(
        file, Files.readString(file).replace("\"doc_hash\":\"7\"", "\"doc_hash\":\"x\""));
    refused("fp2: item 7 is not the same question for both models", base, tuned);
  }

  private static void refused(String sentence, String... files) {
    var reader = new KeptFiles(TaskCatalog.load());
    assertThatThrownBy(
            () -> {
              var models = new ArrayList<KeptModel>();
              for (var file : files) {
                models.addAll(reader.read(file));
              }
              var command = new CompareCommand();
              var line = new CommandLine(command);
              line.parseArgs(files);
              command.call();
            })
        .isInstanceOf(RunFault.class)
        .hasMessageContaining(sentence);
  }

  private static String printed(Object command, String... arguments) {
    var printed = new StringWriter();
    new CommandLine(command).setOut(new PrintWriter(printed)).execute(arguments);
    return printed.toString();
  }

  private static int exit(String... arguments) {
    return new CommandLine(new GateCommand())
        .setOut(new PrintWriter(new StringWriter()))
        .execute(arguments);
  }

  /** Whether a model is right, 120 times. */
  private static List<Boolean> answers(long seed, double share) {
    var random = new SplittableRandom(seed);
    var right = new ArrayList<Boolean>();
    for (int i = 0; i < 120; i++) {
      right.add(random.nextDouble() < share);
    }
    return right;
  }

  private String ours(List<Boolean> base, List<Boolean> tuned) throws IOException {
    var lines = new ArrayList<String>();
    for (var task : List.of("fp2", "chabsa-1.0-0.1")) {
      for (int model = 0; model < 2; model++) {
        var right = model == 0 ? base : tuned;
        for (int i = 0; i < right.size(); i++) {
          var line = line(task, i, right.get(i));
          lines.add(line.put("model", model == 0 ? "base" : "tuned").put("task", task).toString());
        }
      }
    }
    return Files.write(folder.resolve("samples.jsonl"), lines).toString();
  }

  private String lmEval(String model, List<Boolean> right) throws IOException {
    var run = Files.createDirectories(folder.resolve(model));
    for (var task : List.of("fp2", "chabsa-1.0-0.1")) {
      var lines = new ArrayList<String>();
      for (int i = 0; i < right.size(); i++) {
        lines.add(line(task, i, right.get(i)).toString());
      }
      Files.write(run.resolve("samples_" + task + "_2026-01-01T00-00-00.000000.jsonl"), lines);
    }
    return run.toString();
  }

  /** As lm-evaluation-harness writes them: log-likelihoods are text. */
  private static ObjectNode line(String task, int id, boolean right) {
    var line = JSON.createObjectNode().put("doc_id", id).put("doc_hash", Integer.toString(id));
    int gold = id % 2;
    int taken = right ? gold : 1 - gold;
    line.putObject("doc").put("sentence", task.startsWith("chabsa") ? "s" + id / 3 : "q" + id);
    var responses = line.putArray("filtered_resps");
    responses.addArray().add(taken == 0 ? "-1.0" : "-2.0").add("False");
    responses.addArray().add(taken == 1 ? "-1.0" : "-2.0").add("False");
    if (task.startsWith("chabsa")) {
      line.putArray("metrics").add("f1");
      line.putArray("f1").add(gold).add(taken);
    } else {
      line.putArray("metrics").add("acc");
      line.put("acc", right ? 1.0 : 0.0);
    }
    return line;
  }

  private String published(String name, JsonNode sets) throws IOException {
    var results = JSON.createObjectNode();
    sets.forEach(set -> set.properties().forEach(of -> results.set(of.getKey(), of.getValue())));
    return results(name, results);
  }

  private String scores(String name, String fp2) throws IOException {
    var results = JSON.createObjectNode();
    results.set("fp2", JSON.readTree(fp2));
    return results(name, results);
  }

  private String results(String name, ObjectNode results) throws IOException {
    var file = JSON.createObjectNode().put("model_name", name);
    file.set("results", results);
    return Files.writeString(folder.resolve(name + ".json"), file.toString()).toString();
  }
}
