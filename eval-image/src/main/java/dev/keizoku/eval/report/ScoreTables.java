package dev.keizoku.eval.report;

import dev.keizoku.eval.metric.Metric;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.result.Comparison;
import dev.keizoku.eval.result.Evaluation;
import dev.keizoku.eval.result.Measure;
import java.util.List;

/** The tables of numbers. */
final class ScoreTables {
  private ScoreTables() {}

  /** Base against one candidate, the overall row first. */
  static String comparison(List<Comparison> rows, double confidence) {
    var html = new StringBuilder();
    html.append(
        """
        <div class="scroll"><table>
        <thead><tr><th>Task</th><th>Metric</th><th>Questions</th><th>Guessing</th><th>Base</th>
        <th>%s</th><th>Difference</th><th>%s interval</th><th>Gained / lost</th><th></th></tr></thead>
        <tbody>
        """
            .formatted(Html.text(rows.getFirst().candidate()), percent(confidence)));
    rows.forEach(row -> html.append(row(row)));
    return html.append("</tbody></table></div>\n").toString();
  }

  /** Every metric of every model on one task. */
  static String metrics(Evaluation evaluation, TaskRequests task) {
    var html = new StringBuilder("<div class=\"scroll\"><table><thead><tr><th>Metric</th>");
    evaluation.models().forEach(m -> html.append("<th>" + Html.text(m.model().name()) + "</th>"));
    html.append("</tr></thead><tbody>\n");
    for (var name : task.task().metrics()) {
      html.append("<tr><td>" + Html.text(name) + "</td>");
      for (var model : evaluation.models()) {
        var outcomes = model.on(task).outcomes(task.requests());
        html.append(cell(Measure.of(Metric.named(name).over(outcomes))));
      }
      html.append("</tr>\n");
    }
    return html.append("</tbody></table></div>\n").toString();
  }

  static String percent(double confidence) {
    return "%s%%".formatted(String.valueOf(Math.round(confidence * 1000) / 10.0).replace(".0", ""));
  }

  private static String row(Comparison row) {
    boolean overall = row.task().equals(Comparison.OVERALL);
    return """
        <tr%s><td>%s</td><td>%s</td><td class="n">%,d</td><td class="n">%s</td>%s%s
        <td class="n">%s</td><td class="n">%s to %s</td><td class="n">%,d / %,d</td><td>%s</td></tr>
        """
        .formatted(
            overall ? " class=\"overall\"" : "",
            Html.text(row.task()),
            Html.text(row.metric()),
            row.n(),
            Html.score(row.guessing()),
            cell(row.base()),
            cell(row.tuned()),
            Html.signed(row.delta()),
            Html.signed(row.interval().low()),
            Html.signed(row.interval().high()),
            row.gained(),
            row.lost(),
            badge(row));
  }

  private static String badge(Comparison row) {
    if (row.withinNoise()) {
      return "<span class=\"badge noise\">within noise</span>";
    }
    return row.delta() > 0
        ? "<span class=\"badge better\">better</span>"
        : "<span class=\"badge worse\">worse</span>";
  }

  private static String cell(Measure measure) {
    var error =
        measure.standardError() == null
            ? ""
            : " <small>&plusmn; " + Html.score(measure.standardError()) + "</small>";
    return "<td class=\"n\">" + Html.score(measure.value()) + error + "</td>";
  }
}
