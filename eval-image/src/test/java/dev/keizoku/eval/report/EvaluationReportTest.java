package dev.keizoku.eval.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.eval.MadeEvaluation;
import dev.keizoku.eval.catalog.TaskCatalog;
import dev.keizoku.eval.generate.PromptAnswer;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.result.Evaluation;
import dev.keizoku.eval.result.ModelRun;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class EvaluationReportTest {
  private static final String SCRIPT = "<script>alert('x')</script>";

  private final List<TaskRequests> tasks =
      List.of(
          TaskRequests.of(TaskCatalog.load().find("fp2"), List.of(), 200).getFirst(),
          TaskRequests.of(TaskCatalog.load().find("cma_basics"), List.of(), null).getFirst());
  private final byte[] bytes = EvaluationReport.html(evaluation());
  private final Document page = Jsoup.parse(new String(bytes, UTF_8));

  @Test
  void whatModelsWriteIsText() {
    assertThat(page.select("script")).hasSize(1);
    assertThat(page.selectFirst("script").data()).doesNotContain("alert");
    for (var place : List.of("h1", ".facts dt", "th", ".prompt", ".sides h3", ".answer")) {
      assertThat(page.select(place).eachText())
          .as(place)
          .anyMatch(text -> text.contains("<script>alert('x')</script>"));
    }
    assertThat(page.select("meta[http-equiv=Content-Security-Policy]")).hasSize(1);
  }

  @Test
  void thePageNeedsNothingElse() {
    assertThat(page.select("[src], a")).isEmpty();
    assertThat(page.select("[href]").eachAttr("href")).allMatch(link -> link.startsWith("data:"));
  }

  @Test
  void everyTaskHasItsRowSentenceAndInterval() {
    var rows = page.selectFirst("table").select("tbody tr");
    assertThat(rows.select("td:first-child").eachText())
        .containsExactly("overall mean", "fp2 acc", "cma_basics acc");
    assertThat(rows.first().className()).isEqualTo("total");
    assertThat(page.select("section li").eachText())
        .hasSize(2)
        .satisfiesExactly(
            fp2 -> assertThat(fp2).startsWith("fp2: "),
            cma -> assertThat(cma).startsWith("cma_basics: "));
    assertThat(page.select("summary").eachText())
        .anyMatch(text -> text.startsWith("fp2 ") && text.endsWith("200 of 475 questions"))
        .anyMatch(text -> text.endsWith("38 of 38 questions"));
    assertThat(page.select("figure.intervals .name").eachText())
        .containsExactly("overall", "fp2", "cma_basics");
    assertThat(page.select("figure.intervals circle")).hasSize(3);
    assertThat(page.text())
        .contains("for evaluation only", "200 resamples, seed 7", "2026-01-01T00:00:00Z, 60 s")
        .contains("file:///models/tuned, sha256:" + "ab".repeat(32));
  }

  /** Not only how many: which questions, what is right, and what both said. */
  @Test
  void wonAndLostQuestionsAreShownWithTheirText() {
    var page = Jsoup.parse(new String(bytes, UTF_8));
    var fp2 = page.select("details:has(summary:contains(fp2))").first();
    var first = tasks.getFirst().requests().getFirst();
    assertThat(fp2.select("article:has(h3:contains(as it was asked)) > p").text())
        .isEqualTo(Jsoup.parse("<p>" + first.context() + "</p>").text());
    assertThat(fp2.select("article:has(h3:contains(as it was asked)) .sides p"))
        .hasSize(first.choices().size());
    var base = tasks.getFirst();
    var evaluation = evaluation();
    var before = evaluation.models().get(0).score(base, "acc");
    var after = evaluation.models().get(1).score(base, "acc");
    long won =
        IntStream.range(0, before.size()).filter(i -> after.item(i) > before.item(i)).count();
    var heading = "tuned does better: %d of the questions".formatted(won);
    assertThat(fp2.select("h3").eachText()).anyMatch(text -> text.startsWith(heading));
    var item = fp2.select("h3:contains(does better) + article").first();
    var said = item.select(".sides .answer").eachText();
    assertThat(said).hasSize(3);
    assertThat(said.get(2)).isEqualTo(said.get(0)).isNotEqualTo(said.get(1));
  }

  @Test
  void numbersAreThoseOfNoLocale() {
    var before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(EvaluationReport.html(evaluation()))
          .asString(UTF_8)
          .isEqualTo(new String(bytes, UTF_8));
    } finally {
      Locale.setDefault(before);
    }
  }

  private Evaluation evaluation() {
    return MadeEvaluation.of(
        "finance/" + SCRIPT,
        tasks,
        List.of("問い" + SCRIPT),
        List.of(
            new ModelRun(
                MadeEvaluation.random("base" + SCRIPT, 1, tasks),
                List.of(new PromptAnswer(SCRIPT, true))),
            new ModelRun(
                MadeEvaluation.random("tuned", 2, tasks), List.of(new PromptAnswer("円", false)))));
  }
}
