package dev.keizoku.trainer.report;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** {@code report.html}: numbers and curves of a run on one page, without scripts or links. */
public final class TrainingReport {
  private TrainingReport() {}

  /**
   * The page.
   *
   * @param timings of all attempts
   */
  public static byte[] html(
      RunSummary summary, MetricsLog log, SampleLog samples, TimingLog timings) {
    var page = new StringBuilder();
    page.append(
        """
        <!doctype html><html lang="en"><meta charset="utf-8"><title>%1$s</title>
        <style>body{font:15px/1.5 sans-serif;max-width:46em;margin:2em auto;padding:0 1em}
        table{border-collapse:collapse}td,th{padding:.2em .8em;border-bottom:1px solid #ddd;
        text-align:right}td:first-child,th:first-child{text-align:left}figure{margin:1.5em 0}
        svg{font-size:11px;width:100%%}figcaption{font-weight:bold}.samples{overflow-x:auto}
        .samples td,.samples th,.skipped td{text-align:left;vertical-align:top;min-width:9em}
        </style>
        <h1>%1$s</h1>
        """
            .formatted(Html.escape(summary.run().name())));
    page.append(
        "<p>%,d parameters, %,d steps, %,d tokens; %s; %s.</p>\n"
            .formatted(
                summary.parameters(),
                summary.steps(),
                summary.tokens(),
                summary.exportedStep() == null
                    ? "a guard ended the run, no model is exported"
                    : "the exported model is that of step %,d".formatted(summary.exportedStep()),
                Html.escape(summary.tool())));
    page.append(perplexities(summary));
    page.append(chart("Training loss, nats a token", log, "loss"));
    page.append(CurveChart.svg("Held-out perplexity", evaluations(log)));
    page.append(chart("Learning rate", log, "learningRate"));
    page.append(chart("Gradient norm before clipping", log, "gradNorm"));
    page.append(CurveChart.svg("Tokens a second", Map.of("", points(timings.throughput()))));
    page.append(skipped(log));
    page.append(SampleTable.html(samples));
    return page.append("</html>\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String perplexities(RunSummary summary) {
    var table =
        new StringBuilder(
            "<h2>Held-out perplexity</h2><table><tr><th>set<th>before<th>after<th>change</tr>\n");
    for (var row : summary.perplexities()) {
      table.append(
          String.format(
              Locale.ROOT,
              "<tr><td>%s<td>%.3f<td>%.3f<td>%+.1f %%</tr>%n",
              Html.escape(row.name()),
              row.before(),
              row.after(),
              100 * (row.after() / row.before() - 1)));
    }
    return table.append("</table>\n").toString();
  }

  private static String skipped(MetricsLog log) {
    if (log.skipped().isEmpty()) {
      return "";
    }
    var table =
        new StringBuilder(
            "<h2>Batches left out</h2><table class=\"skipped\"><tr><th>step<th>why<th>documents</tr>\n");
    for (var line : log.skipped()) {
      table.append(
          "<tr><td>%d<td>%s<td>%s</tr>%n"
              .formatted(
                  line.step(),
                  Html.escape(line.reason()),
                  Html.escape(String.join(", ", line.documents()))));
    }
    return table.append("</table>\n").toString();
  }

  private static String chart(String title, MetricsLog log, String name) {
    var curves = new LinkedHashMap<String, List<CurveChart.Point>>();
    for (var line : log.steps()) {
      line.values()
          .forEach(
              (key, value) -> {
                if (key.equals(name) || key.startsWith(name + "/")) {
                  curves
                      .computeIfAbsent(key, k -> new ArrayList<>())
                      .add(new CurveChart.Point(line.step(), value));
                }
              });
    }
    return CurveChart.svg(title, curves);
  }

  private static Map<String, List<CurveChart.Point>> evaluations(MetricsLog log) {
    var curves = new TreeMap<String, List<CurveChart.Point>>();
    for (var line : log.evaluations()) {
      line.values()
          .forEach(
              (name, value) ->
                  curves
                      .computeIfAbsent(name, k -> new ArrayList<>())
                      .add(new CurveChart.Point(line.step(), value)));
    }
    return curves;
  }

  private static List<CurveChart.Point> points(Map<Long, Double> values) {
    return new TreeMap<>(values)
        .entrySet().stream().map(e -> new CurveChart.Point(e.getKey(), e.getValue())).toList();
  }
}
