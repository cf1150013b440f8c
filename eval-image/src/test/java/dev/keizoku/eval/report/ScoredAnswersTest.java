package dev.keizoku.eval.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.eval.MadeEvaluation;
import dev.keizoku.eval.catalog.TaskCatalog;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.score.ChoiceScores;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page shows the answers that were scored. */
class ScoredAnswersTest {
  private static final double[] FIRST = {-1, -9};
  private static final double[] SECOND_BY_LENGTH = {-1, -2};

  @TempDir Path folder;

  /**
   * The likeliest choice is the first of both models; a code point the candidate's is the other.
   */
  @Test
  void theAnswerByLengthIsShownWhereItIsTheOneThatIsScored() throws IOException {
    var page =
        page("acc_norm", MadeEvaluation.choices(FIRST), MadeEvaluation.choices(SECOND_BY_LENGTH));
    assertThat(page.select("h3:contains(does better) + article .answer").eachText())
        .containsExactly("長い答えです", "短い", "長い答えです");
    assertThat(page.select("table:contains(Choices right and taken) tbody tr").eachText())
        .containsExactly("短い 0 1 0", "長い答えです 1 0 1");
    assertThat(page.text()).doesNotContain("answers every question as the base model does");
  }

  @Test
  void theConfusionIsThatOfTheMetricThatIsScored() throws IOException {
    var page =
        page("f1_norm", MadeEvaluation.choices(FIRST), MadeEvaluation.choices(SECOND_BY_LENGTH));
    assertThat(page.select("table:contains(Confusion of tuned) tbody tr").eachText())
        .containsExactly("長い答えです 0 1");
  }

  @Test
  void anAnswerWithoutTextIsTold() throws IOException {
    var page =
        page(
            "exact_match",
            new ChoiceScores(
                new double[1][0], new boolean[1][0], null, List.of(List.of("")), null, 0),
            new ChoiceScores(
                new double[1][0], new boolean[1][0], null, List.of(List.of("長い答えです")), null, 0));
    assertThat(page.select("h3:contains(does better) + article .answer").eachText())
        .containsExactly("長い答えです", "(empty)", "長い答えです");
  }

  private Document page(String metric, ChoiceScores base, ChoiceScores tuned) throws IOException {
    boolean written = metric.equals("exact_match");
    Files.writeString(
        folder.resolve("mine.yaml"),
        """
        task: mine
        dataset_path: json
        dataset_kwargs: {data_files: {test: rows.jsonl}}
        test_split: test
        output_type: %s
        doc_to_text: "問:"
        doc_to_target: %s
        metric_list: [{metric: %s}]
        """
                .formatted(
                    written ? "generate_until" : "multiple_choice",
                    written ? "長い答えです" : "1",
                    metric)
            + (written
                ? "generation_kwargs: {until: [x], max_gen_toks: 8}\n"
                : "doc_to_choice: ['短い', '長い答えです']\n"));
    Files.writeString(folder.resolve("rows.jsonl"), "{\"question\": \"?\"}\n");
    var catalog = TaskCatalog.load(StoreRouter.open(null, null), StoreUri.of(folder).toString());
    var tasks = TaskRequests.of(catalog.find("mine"), List.of(), null);
    var evaluation =
        MadeEvaluation.of(
            tasks,
            MadeEvaluation.model("base", tasks, List.of(base)),
            MadeEvaluation.model("tuned", tasks, List.of(tuned)));
    return Jsoup.parse(new String(EvaluationReport.html(evaluation), UTF_8));
  }
}
