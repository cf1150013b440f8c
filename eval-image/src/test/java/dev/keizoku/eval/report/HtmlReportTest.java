package dev.keizoku.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.result.Answers;
import dev.keizoku.eval.result.Comparisons;
import dev.keizoku.eval.result.Evaluation;
import dev.keizoku.eval.result.ModelScores;
import dev.keizoku.eval.score.ChoiceScores;
import dev.keizoku.eval.score.ScoredModel;
import dev.keizoku.eval.stats.PairedBootstrap;
import dev.keizoku.eval.task.TaskCatalog;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
  private static final String SCRIPT = "<script>alert('x')</script>";

  private final List<TaskRequests> tasks =
      List.of(
          TaskRequests.of(TaskCatalog.load().find("fp2"), null, 200),
          TaskRequests.of(TaskCatalog.load().find("cma_basics"), null, null));
  private final String page = HtmlReport.render(evaluation());

  @Test
  void whatModelsWriteIsEscaped() {
    assertThat(page).doesNotContain("<script").contains("&lt;script&gt;alert(&#39;x&#39;)");
  }

  @Test
  void thePageNeedsNothingElse() {
    assertThat(page).doesNotContain("src=", "href=", "@import", "url(");
  }

  @Test
  void everyTaskHasItsRowAndSentence() {
    assertThat(page)
        .contains("<td>overall</td>", "<td>fp2</td>", "<td>cma_basics</td>")
        .contains("200 of 475 questions", "38 of 38 questions")
        .contains("<li>fp2: ", "<li>cma_basics: ")
        .contains("for evaluation only");
  }

  private Evaluation evaluation() {
    var base = scores("base" + SCRIPT, 1);
    var tuned = scores("tuned", 2);
    var byModel = new LinkedHashMap<String, String>();
    byModel.put("base" + SCRIPT, SCRIPT);
    byModel.put("tuned", "円");
    return new Evaluation(
        new EvalRun(
            "uid",
            "finance/" + SCRIPT,
            null,
            "file:///out",
            null,
            null,
            null,
            new EvalRun.Bootstrap(200, 0.95),
            null,
            100,
            7),
        tasks,
        base,
        List.of(tuned),
        Comparisons.of(tasks, base, List.of(tuned), new PairedBootstrap(200, 0.95, 7)),
        List.of(new Answers("問い" + SCRIPT, byModel)),
        Instant.parse("2026-01-01T00:00:00Z"),
        Instant.parse("2026-01-01T00:01:00Z"));
  }

  private ModelScores scores(String name, long seed) {
    var random = new SplittableRandom(seed);
    var byTask = new LinkedHashMap<String, ChoiceScores>();
    for (var task : tasks) {
      var values = new double[task.requests().size()][4];
      for (var row : values) {
        for (int i = 0; i < row.length; i++) {
          row[i] = -random.nextDouble(10);
        }
      }
      byTask.put(task.name(), new ChoiceScores(values, new boolean[values.length][4]));
    }
    var model = new ScoredModel(name, "file:///models/" + name, "ab".repeat(32));
    return new ModelScores(model, Map.copyOf(byTask));
  }
}
