package dev.keizoku.eval.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.keizoku.contract.eval.Gate;
import dev.keizoku.eval.MadeEvaluation;
import dev.keizoku.eval.catalog.TaskCatalog;
import dev.keizoku.eval.compare.Comparison;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.result.Evaluation;
import dev.keizoku.eval.result.ModelRun;
import dev.keizoku.eval.result.ModelScores;
import dev.keizoku.eval.score.ChoiceScores;
import dev.keizoku.eval.score.ScoredModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SplittableRandom;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** A run with a gate, prompt sets, a task of labels and two candidates. */
class VerdictPageTest {
  private static final List<String> SETS = List.of("default", "1.0-0.1", "1.0-0.2");

  private final List<TaskRequests> tasks = tasks();
  private final Evaluation evaluation = evaluation();
  private final Document page = Jsoup.parse(new String(EvaluationReport.html(evaluation), UTF_8));

  @Test
  void theVerdictComesFirstAndTellsOfEveryCandidate() {
    assertThat(page.select("section h2").eachText())
        .startsWith("Verdict", "Candidates", "good against the base model");
    var verdict = page.selectFirst("section .lead");
    assertThat(verdict.selectFirst(".badge").text()).isEqualTo("BLOCK");
    assertThat(verdict.text())
        .contains("good passes: its overall gain is more than +0.")
        .contains("same scores as the base model on every question");
    assertThat(page.select("table:contains(All candidates) tbody tr td:last-child").eachText())
        .containsExactly("PASS", "BLOCK");
  }

  @Test
  void allPromptSetsAreShown() {
    var rows = page.select("table:contains(All tasks with the prompts)").first().select("tbody tr");
    assertThat(rows.select("td:first-child").eachText()).isEqualTo(SETS);
    assertThat(page.text()).contains("The sign of the gain flips in 0 of 3 prompt sets");
    // The page's first table row of a candidate is the mean over all of them.
    var sweep = evaluation.comparisons().of("good").sweeps().getFirst();
    var overall = evaluation.comparisons().of("good").overall().getFirst();
    assertThat(sweep.mean()).isCloseTo(overall.delta(), within(1e-12));
  }

  @Test
  void whatCouldBeShownStandsBesideWhatWasToBeExpected() {
    var table = page.select("table:contains(Could show)").first();
    assertThat(table.select("th").last().text()).isEqualTo("Could show planned");
    // 2.80 sqrt(0.3 / 60): as many questions of fp2, each by itself.
    var fp2 = table.select("tr:contains(fp2)").first();
    assertThat(fp2.select("td").last().text()).matches("0\\.\\d{4} 0\\.1981");
  }

  @Test
  void choicesTakenAddUpToTheQuestions() {
    var chabsa =
        page.select("details").stream()
            .filter(d -> d.text().startsWith("chabsa "))
            .findFirst()
            .orElseThrow();
    var chosen = chabsa.select("table:contains(Choices right and taken)").first();
    assertThat(chosen.select("tbody td:first-child").eachText())
        .containsExactly("positive", "negative");
    assertThat(sum(chosen, 2)).isEqualTo(60);
    var confusion = chabsa.select("table:contains(Confusion of good)").first();
    assertThat(sum(confusion, 1) + sum(confusion, 2)).isEqualTo(60);
    assertThat(
            page.select("details:contains(fp2) table:contains(Choices right)")
                .first()
                .select("tbody td:first-child")
                .eachText())
        .containsExactly("１", "２", "３", "４");
  }

  @Test
  void theSameAnswersAreTheSameInEveryRow() {
    assertThat(evaluation.comparisons().of("same").tasks()).allMatch(Comparison::same);
    assertThat(evaluation.comparisons().of("same").overall().getFirst().evidence().p())
        .isEqualTo(1);
  }

  private static int sum(Element table, int column) {
    return table.select("tbody td:eq(" + column + ")").eachText().stream()
        .mapToInt(Integer::parseInt)
        .sum();
  }

  private static List<TaskRequests> tasks() {
    var catalog = TaskCatalog.load();
    var tasks = new ArrayList<TaskRequests>();
    for (var name : List.of("chabsa", "fp2")) {
      tasks.addAll(TaskRequests.of(catalog.find(name), SETS, 60));
    }
    return tasks;
  }

  private Evaluation evaluation() {
    var gate = new Gate(0.0, null, null, null, null, null);
    return MadeEvaluation.of(
        MadeEvaluation.run("finance/verdict", 400, null, gate),
        tasks,
        List.of(run("base", 0.4, 1), run("good", 0.9, 2), run("same", 0.4, 1)));
  }

  /** A model that is right with that probability, else takes any choice. */
  private ModelRun run(String name, double right, long seed) {
    var random = new SplittableRandom(seed);
    var byTask = new LinkedHashMap<String, ChoiceScores>();
    for (var task : tasks) {
      var values = new double[task.requests().size()][];
      for (int i = 0; i < values.length; i++) {
        var request = task.requests().get(i);
        values[i] = random.doubles(request.choices().size(), -2, -1).toArray();
        if (random.nextDouble() < right && request.gold() >= 0) {
          values[i][request.gold()] = 0;
        }
      }
      byTask.put(task.name(), new ChoiceScores(values, new boolean[values.length][4], 0));
    }
    return new ModelRun(
        new ModelScores(new ScoredModel(name, "file:///" + name, "ab".repeat(32)), byTask),
        List.of());
  }
}
