package dev.keizoku.eval.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.eval.HeldOutText;
import dev.keizoku.eval.MadeEvaluation;
import dev.keizoku.eval.catalog.TaskCatalog;
import dev.keizoku.eval.lineage.TrainedOn;
import dev.keizoku.eval.lineage.TrainedOn.State;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.result.ModelRun;
import dev.keizoku.eval.score.ChoiceScores;
import dev.keizoku.eval.task.Doc;
import dev.keizoku.eval.task.HeldOutSet;
import dev.keizoku.eval.task.HeldOutSet.Hits;
import dev.keizoku.storage.tokens.CorpusManifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class ProvenanceTest {
  private static final String MANIFEST =
      """
      {"formatVersion": 1, "version": "%s", "train": {"documents": 0, "tokens": 0, "characters": 0},
       "provenance": {"decontamination": %s}}
      """;
  private static final String FOUND =
      """
      {"onHit": "Report", "benchmarks": [
        {"name": "fp2", "sha256": "ab", "questions": 475, "found": [3, 9], "documents": 5},
        {"name": "cma_basics", "sha256": "cd", "questions": 38, "found": [], "documents": 0}]}
      """;

  private final TaskCatalog catalog = TaskCatalog.load();

  @Test
  void whatCorporaHeldOfTheQuestionsIsTold() throws IOException {
    var tasks = new ArrayList<>(asked("fp2", 20));
    tasks.add(heldOut("finance", "ab".repeat(32), FOUND));
    tasks.add(heldOut("general", "cd".repeat(32), "null"));
    var page = page(tasks);
    assertThat(
            page.select("table:contains(Questions of benchmarks in the corpora) tbody tr")
                .eachText())
        .containsExactly(
            "heldout_finance abababababab fp2 475 2 5 they stay: scores of these questions may be"
                + " remembered",
            "heldout_finance abababababab cma_basics 38 0 0",
            "heldout_general cdcdcdcdcdcd none was looked for whether questions stand in it is not"
                + " known");
    assertThat(page.select("table:contains(What was asked) tbody tr").eachText())
        .hasSize(3)
        .first()
        .isEqualTo("fp2 20 tasks/fp2.yaml " + tasks.getFirst().sha256());
    assertThat(page.select(".facts dt").eachText()).contains("Program");
  }

  @Test
  void whatTheCorporaOfTheModelsHeldIsTold() {
    var tasks = asked("fp2", 20);
    var models = List.of(model("base", 1, tasks), model("tuned", 2, tasks));
    var cut = new HeldOutSet.Corpus("ab".repeat(32), "Cut", List.of(new Hits("fp2", 475, 2, 5)));
    var evaluation =
        MadeEvaluation.of("mine", tasks, List.of(), models)
            .from(
                List.of(
                    new TrainedOn("base", "hf://a/b@c", State.NOT_TOLD, null),
                    new TrainedOn("tuned", "filings", State.READ, cut),
                    new TrainedOn("tuned", "laws", State.GONE, null)));
    var page = Jsoup.parse(new String(EvaluationReport.html(evaluation), UTF_8));
    assertThat(page.select("table:contains(what the models were trained on) tbody tr").eachText())
        .containsExactly(
            "base hf://a/b@c it is not written down what this model was trained on",
            "tuned filings abababababab fp2 475 2 5 the questions' lines were taken out",
            "tuned laws the corpus is no longer what the model was trained on, or no longer there");
  }

  @Test
  void withoutCorporaNothingIsSaidOfThem() {
    assertThat(page(asked("fp2", 20)).text()).doesNotContain("Questions of benchmarks");
  }

  @Test
  void thePublishedTableStandsBesideScoresOfTheSame() {
    var tasks = new ArrayList<TaskRequests>();
    for (var name : List.of("chabsa", "cma_basics", "cpa_audit", "fp2", "security_sales_1")) {
      tasks.addAll(asked(name, null));
    }
    var page = page(tasks);
    var rows = page.select("section:contains(Beside the published table) tbody tr");
    assertThat(rows).hasSize(6);
    assertThat(rows.get(2).text())
        .isEqualTo(
            "rinna/nekomata-14b, published 0.4335 0.7381 0.4737 \u00b1 0.0821 0.1608 \u00b1 0.0184"
                + " 0.3389 \u00b1 0.0217 0.4561 \u00b1 0.0666");
    // In the same form, and the mean is that of what stands in the row.
    assertThat(rows.get(1).text())
        .matches("tuned( \\d\\.\\d{4}){2}( \\d\\.\\d{4} \u00b1 \\d\\.\\d{4}){4}");
    var numbers = rows.get(1).text().replaceAll("\u00b1 [0-9.]+ ?", "").split(" ");
    double sum = 0;
    for (int i = 2; i < numbers.length; i++) {
      sum += Double.parseDouble(numbers[i]);
    }
    assertThat(Double.parseDouble(numbers[1])).isCloseTo(sum / 5, within(1e-4));

    tasks.set(3, asked("fp2", 474).getFirst());
    assertThat(page(tasks).text()).doesNotContain("Beside the published table");
    tasks.remove(3);
    assertThat(page(tasks).text()).doesNotContain("Beside the published table");
  }

  private List<TaskRequests> asked(String name, Integer limit) {
    return TaskRequests.of(catalog.find(name), List.of(), limit);
  }

  private static TaskRequests heldOut(String name, String version, String found)
      throws IOException {
    var set = new HeldOutText(name, "file:///corpus/manifest.json", null, null, null);
    var manifest =
        new ObjectMapper().readValue(MANIFEST.formatted(version, found), CorpusManifest.class);
    var docs = List.of(doc(0, "一つ目の文書。"), doc(1, "二つ目の文書。"));
    return TaskRequests.ofDocuments(HeldOutSet.task(set, manifest), docs, null);
  }

  private static Doc doc(int index, String text) {
    return new Doc(index, String.valueOf(index), Map.of("text", text));
  }

  private static Document page(List<TaskRequests> tasks) {
    var evaluation =
        MadeEvaluation.of(
            "mine", tasks, List.of(), List.of(model("base", 1, tasks), model("tuned", 2, tasks)));
    return Jsoup.parse(new String(EvaluationReport.html(evaluation), UTF_8));
  }

  private static ModelRun model(String name, long seed, List<TaskRequests> tasks) {
    var random = MadeEvaluation.random(name, seed, tasks);
    var said =
        tasks.stream()
            .map(random::on)
            .map(of -> of.logLikelihoods()[0].length > 1 ? of : document(of))
            .toList();
    return new ModelRun(MadeEvaluation.model(name, tasks, said), List.of());
  }

  private static int[] tokens(int documents) {
    var tokens = new int[documents];
    Arrays.fill(tokens, 4);
    return tokens;
  }

  private static ChoiceScores document(ChoiceScores of) {
    return new ChoiceScores(
        of.logLikelihoods(), of.greedy(), tokens(of.greedy().length), null, null, 0);
  }
}
