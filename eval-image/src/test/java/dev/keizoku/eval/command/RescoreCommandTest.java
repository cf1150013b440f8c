package dev.keizoku.eval.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.catalog.TaskCatalog;
import dev.keizoku.eval.files.KeptSamples;
import dev.keizoku.eval.files.Leaderboard;
import dev.keizoku.eval.files.SamplesFile;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.result.ModelScores;
import dev.keizoku.eval.score.ChoiceScores;
import dev.keizoku.eval.score.ScoredModel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RescoreCommandTest {
  private static final TaskCatalog CATALOG = TaskCatalog.load();

  @TempDir Path folder;

  @Test
  void theNumbersAreThoseOfTheRun() throws IOException {
    var tasks = tasks("1.0-0.1");
    var file = folder.resolve("samples.jsonl");
    var scores = write(file, tasks, 3);
    var printed = rescored(file);
    for (var task : tasks) {
      for (var metric : task.task().metrics()) {
        var value = scores.score(task, metric).score();
        assertThat(printed)
            .contains(String.format(Locale.ROOT, "tuned  %s  %s  %.6f", task.name(), metric, value))
            .contains("of 5 questions");
      }
    }
    var mean =
        tasks.stream()
            .mapToDouble(task -> 100 * scores.score(task, task.task().score()).score())
            .filter(score -> score != 0)
            .average()
            .orElseThrow();
    assertThat(printed)
        .contains("tuned  leaderboard, prompt set 1.0-0.1: mean " + Leaderboard.printed(mean));
  }

  @Test
  void theBestOfSeveralRunsMakesTheLeaderboard() throws IOException {
    var one = folder.resolve("one.jsonl");
    var other = folder.resolve("other.jsonl");
    write(one, tasks("1.0-0.1"), 3);
    write(other, tasks("1.0-0.2"), 4);
    var alone = List.of(leaderboard(one), leaderboard(other));
    assertThat(alone).doesNotHaveDuplicates();
    assertThat(leaderboard(one, other)).isIn(alone).isEqualTo(leaderboard(other, one));
  }

  @Test
  void aLineThatIsNoSampleIsNamed() {
    refused("{}", "Line 1 of x.jsonl is no sample (model is missing)");
    refused("no", "Line 1 of x.jsonl is no sample");
    refused(
        """
        {"model":"m","task":"t","metrics":["acc"],"target":0,"doc":{"answers":["A"]},\
        "filtered_resps":[["NaN",false]]}""",
        "filtered_resps holds \"NaN\", not a number");
  }

  private static void refused(String line, String sentence) {
    var lines = new BufferedReader(new StringReader(line));
    assertThatThrownBy(() -> KeptSamples.read(lines, "x.jsonl"))
        .isInstanceOf(RunFault.class)
        .hasMessageContaining(sentence);
  }

  private static List<TaskRequests> tasks(String promptSet) {
    return CATALOG.tasks().stream()
        .flatMap(task -> TaskRequests.of(task, List.of(promptSet), 5).stream())
        .toList();
  }

  private static ModelScores write(Path file, List<TaskRequests> tasks, long seed)
      throws IOException {
    var scores = scores(tasks, seed);
    try (var out = Files.newOutputStream(file)) {
      SamplesFile.write(out, scores, tasks);
    }
    return scores;
  }

  private static String leaderboard(Path... files) {
    return rescored(files).lines().filter(line -> line.contains("leaderboard")).findFirst().get();
  }

  private static String rescored(Path... files) {
    var printed = new StringWriter();
    var line = new CommandLine(new RescoreCommand()).setOut(new PrintWriter(printed));
    assertThat(line.execute(Arrays.stream(files).map(Path::toString).toArray(String[]::new)))
        .isZero();
    return printed.toString();
  }

  private static ModelScores scores(List<TaskRequests> tasks, long seed) {
    var random = new SplittableRandom(seed);
    var byTask = new LinkedHashMap<String, ChoiceScores>();
    for (var task : tasks) {
      var values = new double[task.requests().size()][];
      var greedy = new boolean[values.length][];
      for (int i = 0; i < values.length; i++) {
        int choices = task.requests().get(i).choices().size();
        values[i] = random.doubles(choices, -20, 0).toArray();
        greedy[i] = new boolean[choices];
      }
      byTask.put(task.name(), new ChoiceScores(values, greedy, 0));
    }
    return new ModelScores(new ScoredModel("tuned", "file:///tuned", ""), byTask);
  }
}
