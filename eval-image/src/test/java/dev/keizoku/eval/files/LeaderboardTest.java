package dev.keizoku.eval.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.eval.Golden;
import dev.keizoku.eval.catalog.TaskCatalog;
import dev.keizoku.eval.compare.Comparison;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeaderboardTest {
  private final TaskCatalog catalog = TaskCatalog.load();

  @Test
  void publishedRowsComeOutOfTheirResults() {
    Golden.read("leaderboard.json")
        .forEachEntry(
            (model, golden) -> {
              var row = Leaderboard.best(catalog.promptSets(), scores(golden.get("results")));
              var printed = new ArrayList<String>();
              printed.add(Leaderboard.printed(row.mean()));
              row.scores().values().forEach(score -> printed.add(Leaderboard.printed(score)));
              printed.add(row.promptSet());
              var published = new ArrayList<String>();
              golden.get("readme").forEach(cell -> published.add(cell.textValue()));
              assertThat(printed).as(model).isEqualTo(published);
            });
  }

  @Test
  void theOverallOfThePaperIsTheMeanOfItsTasks() throws IOException {
    var table = LeaderboardTest.class.getResource("/report/paper_table.json");
    for (var model : new ObjectMapper().readTree(table).get("models")) {
      var scores = new ArrayList<Double>();
      model.get("scores").forEach(score -> scores.add(score.doubleValue()));
      assertThat(Comparison.mean(scores))
          .isCloseTo(model.get("overall").doubleValue(), within(5e-5));
    }
  }

  @Test
  void scoresAreRoundedAsBinaryValues() {
    assertThat(Leaderboard.printed(0.125)).isEqualTo("0.12");
    assertThat(Leaderboard.printed(2.675)).isEqualTo("2.67");
  }

  private Map<String, Map<String, Double>> scores(JsonNode results) {
    var scores = new LinkedHashMap<String, Map<String, Double>>();
    for (var set : catalog.promptSets()) {
      var byTask = new LinkedHashMap<String, Double>();
      for (var task : catalog.tasks()) {
        var name = task.resultName(task.promptVersion(set));
        byTask.put(task.name(), 100 * results.get(set).get(name).get(task.score()).doubleValue());
      }
      scores.put(set, byTask);
    }
    return scores;
  }
}
