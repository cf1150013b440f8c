package dev.keizoku.eval.command;

import static dev.keizoku.eval.command.KeptRuns.printed;
import static dev.keizoku.eval.command.KeptRuns.refused;
import static dev.keizoku.eval.command.KeptRuns.results;
import static dev.keizoku.eval.command.KeptRuns.scores;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.Golden;
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
    var base =
        scores(folder, "base", "{\"acc,none\":0.30,\"acc_stderr,none\":0.02,\"alias\":\"x\"}");
    var tuned =
        scores(folder, "tuned", "{\"acc,none\":0.40,\"acc_stderr,none\":0.02,\"alias\":\"x\"}");
    assertThat(printed(new CompareCommand(), base, tuned))
        .contains("tuned is better than the base model by 0.1000 (+0.0446 to +0.1554 at 95%");
    var without = scores(folder, "none", "{\"acc\":0.40}");
    assertThat(printed(new CompareCommand(), base, without))
        .contains("the difference is +0.1000; without the items nothing can be said of chance.");
    assertThat(printed(new GateCommand(), base, tuned)).startsWith("INCONCLUSIVE  Scores without");
  }

  /** A task of which nothing is known is no test, and the others are corrected all the same. */
  @Test
  void aTaskWithoutErrorsLeavesTheOthersCorrected() throws IOException {
    var known = "{\"acc,none\":%s,\"acc_stderr,none\":0.02}";
    var base = JSON.createObjectNode();
    var tuned = JSON.createObjectNode();
    for (var task : List.of("fp2", "cma_basics")) {
      base.set(task, JSON.readTree(known.formatted("0.30")));
      tuned.set(task, JSON.readTree(known.formatted("0.36")));
    }
    base.putObject("cpa_audit").put("acc,none", 0.30);
    tuned.putObject("cpa_audit").put("acc,none", 0.36);
    // Each by itself has p 0.034, both together 0.068.
    assertThat(
            printed(
                new CompareCommand(),
                results(folder, "base", base),
                results(folder, "tuned", tuned)))
        .contains("p 0.034, over all tasks 0.068) is within noise")
        .contains("cpa_audit: the difference is +0.0600; without the items")
        .doesNotContain("better than the base model");
  }

  @Test
  void whatIsNotThereOfAllModelsIsToldAndNotJudged() throws IOException {
    var base = lmEval("base", answers(1, 0.4));
    var tuned = lmEval("tuned", answers(2, 0.7));
    Files.delete(Path.of(tuned).resolve("samples_chabsa-1.0-0.1_2026-01-01T00-00-00.000000.jsonl"));
    var page = folder.resolve("page.html");
    assertThat(printed(new CompareCommand(), base, tuned, "--page", page.toString()))
        .contains("Not compared, since not all models were scored on it: chabsa-1.0-0.1.");
    assertThat(Jsoup.parse(Files.readString(page)).text()).contains("Left out Not compared");
    assertThatThrownBy(() -> gate(base, tuned))
        .isInstanceOf(RunFault.class)
        .hasMessageContaining("chabsa-1.0-0.1 is not there of every candidate");
    // Another metric of the same name's task is nothing to pair either.
    var file = Path.of(tuned).resolve("samples_fp2_2026-01-01T00-00-00.000000.jsonl");
    Files.writeString(file, Files.readString(file).replace("\"acc\"", "\"exact_match\""));
    refused("no task in common that is scored alike", base, tuned);
  }

  /** The interval of three gained and none lost leaves out 0; chance does as much once in eight. */
  @Test
  void aHandfulOfAnswersPassesNoGate() throws IOException {
    for (int gained : new int[] {1, 3, 6}) {
      var base = new ArrayList<>(answers(1, 0).subList(0, 38));
      var tuned = new ArrayList<>(base);
      for (int i = 0; i < gained; i++) {
        tuned.set(6 * i, true);
      }
      var verdict = printed(new GateCommand(), fp2("base", base), fp2("tuned", tuned));
      assertThat(verdict).startsWith(gained == 6 ? "PASS" : "INCONCLUSIVE");
    }
  }

  private String fp2(String model, List<Boolean> right) throws IOException {
    var run = Files.createDirectories(folder.resolve("fp2-" + model));
    var lines = new ArrayList<String>();
    for (int i = 0; i < right.size(); i++) {
      lines.add(line("fp2", i, right.get(i)).toString());
    }
    Files.write(run.resolve("samples_fp2_2026-01-01T00-00-00.000000.jsonl"), lines);
    return run.toString();
  }

  private static void gate(String... arguments) throws Exception {
    var command = new GateCommand();
    new CommandLine(command).parseArgs(arguments);
    command.call();
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
    return results(folder, name, results);
  }
}
