package dev.keizoku.eval.report;

import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.result.Answers;
import dev.keizoku.eval.result.Comparison;
import dev.keizoku.eval.result.Evaluation;
import dev.keizoku.eval.score.ScoredModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** The page. Everything that comes from a model, a file or the user is escaped. */
public final class HtmlReport {
  private HtmlReport() {}

  /** Renders an evaluation. */
  public static String render(Evaluation evaluation) {
    var html = new StringBuilder();
    html.append(
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%s: base against tuned</title>
        <style>
        %s</style></head><body><main>
        <header><p class="kind">Benchmark evaluation</p><h1>%s</h1></header>
        """
            .formatted(name(evaluation), style(), name(evaluation)));
    for (var overall : evaluation.comparisons().overall()) {
      html.append(candidate(evaluation, overall));
    }
    html.append(answers(evaluation.answers()));
    html.append("<h2>All metrics</h2>\n");
    evaluation.tasks().forEach(task -> html.append(details(evaluation, task)));
    html.append(setup(evaluation));
    return html.append("</main></body></html>\n").toString();
  }

  private static String candidate(Evaluation evaluation, Comparison overall) {
    var tasks =
        evaluation.comparisons().tasks().stream()
            .filter(row -> row.candidate().equals(overall.candidate()))
            .toList();
    var rows = new ArrayList<Comparison>(List.of(overall));
    rows.addAll(tasks);
    double confidence = evaluation.run().bootstrap().confidence();
    var html = new StringBuilder("<section>\n");
    html.append("<h2>%s against the base model</h2>\n".formatted(Html.text(overall.candidate())));
    html.append("<p class=\"verdict\">");
    html.append(Html.text(Verdict.sentence(overall, confidence)) + "</p>\n");
    html.append(ScoreTables.comparison(rows, confidence));
    html.append(
        "<figure>" + DeltaPlot.svg(rows) + "<figcaption>Difference tuned &minus; base with ");
    html.append(ScoreTables.percent(confidence) + " interval</figcaption></figure>\n<ul>\n");
    tasks.forEach(
        row -> html.append("<li>" + Html.text(Verdict.sentence(row, confidence)) + "</li>\n"));
    html.append("</ul>\n");
    var chance = Verdict.nearChance(tasks);
    if (!chance.isEmpty()) {
      html.append("<p class=\"caution\">" + Html.text(chance) + "</p>\n");
    }
    return html.append("</section>\n").toString();
  }

  private static String answers(List<Answers> answers) {
    if (answers.isEmpty()) {
      return "";
    }
    var html = new StringBuilder("<section><h2>Answers side by side</h2>\n");
    html.append("<p>Greedy decoding, not a word left out or chosen.</p>\n");
    for (var answer : answers) {
      html.append(
          "<article><p class=\"prompt\" lang=\"ja\">" + Html.text(answer.prompt()) + "</p>");
      html.append("<div class=\"sides\">\n");
      answer
          .byModel()
          .forEach(
              (model, text) ->
                  html.append(
                      "<div><h3>%s</h3><p class=\"answer\" lang=\"ja\">%s</p></div>\n"
                          .formatted(Html.text(model), answer(text))));
      html.append("</div></article>\n");
    }
    return html.append("</section>\n").toString();
  }

  private static String answer(String text) {
    return text.isBlank() ? "<small>(ends at once)</small>" : Html.text(text);
  }

  private static String details(Evaluation evaluation, TaskRequests task) {
    return "<details><summary>%s <small>%s, %,d of %,d questions</small></summary>\n%s</details>\n"
        .formatted(
            Html.text(task.name()),
            Html.text(task.task().title()),
            task.requests().size(),
            task.available(),
            ScoreTables.metrics(evaluation, task));
  }

  private static String setup(Evaluation evaluation) {
    var run = evaluation.run();
    var html = new StringBuilder("<h2>How it was measured</h2>\n<dl>\n");
    evaluation.models().forEach(model -> html.append(model(model.model())));
    var elapsed = Duration.between(evaluation.started(), evaluation.finished());
    html.append(
        """
        <dt>Scoring</dt><dd>0-shot; the answer with the largest log-likelihood counts, as in
        lm-evaluation-harness. All models got the same questions in the same words.</dd>
        <dt>Interval</dt><dd>Paired bootstrap over questions, %,d resamples, seed %d; overall: drawn
        within each task. Overall is the unweighted mean of the tasks.</dd>
        <dt>Guessing</dt><dd>What choosing at random would score.</dd>
        <dt>Gained / lost</dt><dd>Questions that only the candidate / only the base model gets right.</dd>
        <dt>Run</dt><dd>%s, %,d s</dd>
        <dt>Data</dt><dd>The questions are for evaluation only and must not enter any training corpus.</dd>
        </dl>
        """
            .formatted(
                run.bootstrap().resamples(),
                run.randomness().seed(),
                evaluation.started().truncatedTo(ChronoUnit.SECONDS),
                elapsed.toSeconds()));
    return html.toString();
  }

  private static String model(ScoredModel model) {
    return "<dt>%s</dt><dd>%s<br><code>sha256:%s</code></dd>\n"
        .formatted(Html.text(model.name()), Html.text(model.uri()), Html.text(model.sha256()));
  }

  private static String name(Evaluation evaluation) {
    return Html.text(evaluation.run().name());
  }

  private static String style() {
    try (var in = HtmlReport.class.getResourceAsStream("/report/style.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
