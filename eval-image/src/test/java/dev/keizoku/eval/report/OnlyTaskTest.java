package dev.keizoku.eval.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.keizoku.contract.eval.HeldOutText;
import dev.keizoku.eval.MadeEvaluation;
import dev.keizoku.eval.catalog.TaskCatalog;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.result.ModelScores;
import dev.keizoku.eval.score.ChoiceScores;
import dev.keizoku.eval.task.Doc;
import dev.keizoku.eval.task.HeldOutSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

/** A task that is the whole of the overall row says what that row says. */
class OnlyTaskTest {
  private static final int QUESTIONS = 40;
  private static final int GAINED = 6;

  private final List<TaskRequests> tasks = new ArrayList<>();

  @Test
  void oneDifferenceIsReadAtOneLevel() {
    tasks.addAll(TaskRequests.of(TaskCatalog.load().find("fp2"), List.of(), QUESTIONS));
    tasks.add(heldOut("finance"));
    tasks.add(heldOut("general"));
    var evaluation = MadeEvaluation.of(tasks, model("base", 0), model("tuned", GAINED));
    var overall = evaluation.comparisons().overall().getFirst();
    var task = evaluation.comparisons().tasks().getFirst();
    // 6 gained and none lost: 2 / 2^6 by itself, three times that among three tasks.
    assertThat(task.evidence().p()).isCloseTo(0.03125, within(1e-12));
    assertThat(task.evidence().pAdjusted()).isCloseTo(0.09375, within(1e-12));
    assertThat(overall.evidence()).isEqualTo(task.evidence());
    assertThat(overall.judge(0.95, null)).isEqualTo(task.judge(0.95, null));
    assertThat(overall.delta()).isEqualTo(task.delta());
    assertThat(overall.interval()).isEqualTo(task.interval());
    var page = Jsoup.parse(new String(EvaluationReport.html(evaluation), UTF_8));
    assertThat(page.select("table").first().select("tbody tr .badge").eachText().subList(0, 2))
        .containsExactly("within noise", "within noise");
  }

  private static TaskRequests heldOut(String name) {
    var set = new HeldOutText(name, "file:///corpus/manifest.json", null, null, null);
    var docs =
        IntStream.range(0, 4)
            .mapToObj(i -> new Doc(i, String.valueOf(i), Map.of("text", (Object) ("文書" + i))))
            .toList();
    return TaskRequests.ofDocuments(HeldOutSet.task(set, null), docs, null);
  }

  /** A model that is right on the first so many questions alone. */
  private ModelScores model(String name, int right) {
    var said = new ArrayList<ChoiceScores>();
    for (var task : tasks) {
      var values = new double[task.requests().size()][];
      for (int i = 0; i < values.length; i++) {
        values[i] = task.ofDocuments() ? new double[] {-1} : answer(task, i, i < right);
      }
      var greedy = new boolean[values.length][values[0].length];
      said.add(
          task.ofDocuments()
              ? new ChoiceScores(values, greedy, new int[] {4, 4, 4, 4}, null, null, 0)
              : new ChoiceScores(values, greedy, 0));
    }
    return MadeEvaluation.model(name, tasks, said);
  }

  private static double[] answer(TaskRequests task, int question, boolean right) {
    var request = task.requests().get(question);
    var values = new double[request.choices().size()];
    values[right ? request.gold() : (request.gold() + 1) % values.length] = 1;
    return values;
  }
}
