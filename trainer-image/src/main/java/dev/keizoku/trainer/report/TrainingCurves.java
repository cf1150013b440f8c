package dev.keizoku.trainer.report;

import dev.keizoku.page.chart.LineChart;
import dev.keizoku.page.chart.Marks;
import dev.keizoku.page.chart.Scale.Kind;
import dev.keizoku.page.chart.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The curves of a run, and the steps at which something happened. */
final class TrainingCurves {
  private final RunSummary summary;
  private final RunLogs logs;

  TrainingCurves(RunSummary summary, RunLogs logs) {
    this.summary = summary;
    this.logs = logs;
  }

  LineChart heldOut() {
    var curves = new TreeMap<String, TreeMap<Long, Double>>();
    for (var line : logs.metrics().evaluations()) {
      line.values()
          .forEach(
              (set, value) ->
                  curves.computeIfAbsent(set, s -> new TreeMap<>()).put(line.step(), value));
    }
    return new LineChart("Held-out perplexity", "", Kind.RATIO, series(curves), exported());
  }

  LineChart loss() {
    return steps("Training loss", "nats a token", Kind.FITTED, "loss", events());
  }

  LineChart learningRate() {
    return steps("Learning rate", "", Kind.FROM_ZERO, "learningRate", List.of());
  }

  LineChart gradientNorm() {
    return steps("Gradient norm before clipping", "", Kind.RATIO, "gradNorm", leftOut());
  }

  LineChart throughput() {
    var timings = logs.timings();
    var curve = new Series("tokens a second", new TreeMap<>(timings.throughput()));
    var resumed = new Marks("went on from a checkpoint", timings.steps(TimingLog.RESUMED));
    return new LineChart(
        "Tokens a second", "tokens/s", Kind.FROM_ZERO, List.of(curve), List.of(resumed));
  }

  private LineChart steps(String title, String unit, Kind kind, String name, List<Marks> marks) {
    var curves = new TreeMap<String, TreeMap<Long, Double>>();
    for (var line : logs.metrics().steps()) {
      line.values()
          .forEach(
              (key, value) -> {
                if (key.equals(name) || key.startsWith(name + "/")) {
                  curves.computeIfAbsent(key, k -> new TreeMap<>()).put(line.step(), value);
                }
              });
    }
    return new LineChart(title, unit, kind, series(curves), marks);
  }

  private static List<Series> series(Map<String, TreeMap<Long, Double>> curves) {
    return curves.entrySet().stream()
        .map(curve -> new Series(curve.getKey(), curve.getValue()))
        .toList();
  }

  // Their order is that of the styles: faint, warning, good.
  private List<Marks> events() {
    var timings = logs.timings();
    var marks = new ArrayList<Marks>();
    marks.add(new Marks("checkpoint saved", timings.steps(TimingLog.CHECKPOINT)));
    marks.addAll(leftOut());
    marks.add(new Marks("went back to a checkpoint", timings.steps(TimingLog.ROLLED_BACK)));
    marks.add(new Marks("went on from a checkpoint", timings.steps(TimingLog.RESUMED)));
    return marks;
  }

  private List<Marks> leftOut() {
    var steps = logs.metrics().skipped().stream().map(MetricsLog.Line::step).toList();
    return List.of(new Marks("batch left out", steps));
  }

  private List<Marks> exported() {
    var step = summary.exportedStep();
    return List.of(new Marks("exported model", step == null ? List.of() : List.of(step)));
  }
}
