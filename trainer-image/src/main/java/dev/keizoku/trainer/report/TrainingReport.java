package dev.keizoku.trainer.report;

import dev.keizoku.page.Cell;
import dev.keizoku.page.Numbers;
import dev.keizoku.page.Page;
import dev.keizoku.page.Table;
import dev.keizoku.page.chart.LineChart;

/** {@code report.html}: what {@code report/training.html} shows of a run. */
public final class TrainingReport {
  private final RunSummary summary;
  private final RunLogs logs;
  private final TrainingCurves curves;
  private final SampleTable samples;

  private TrainingReport(RunSummary summary, RunLogs logs) {
    this.summary = summary;
    this.logs = logs;
    curves = new TrainingCurves(summary, logs);
    samples = new SampleTable(logs.samples());
  }

  /**
   * The page.
   *
   * @param logs of all attempts
   */
  public static byte[] html(RunSummary summary, RunLogs logs) {
    var run = summary.run();
    var page = new Page("Training", run.name()).withCurves().fact("Trained by", summary.tool());
    if (run.baseModel() != null) {
      page.fact("Base model", sealed(run.baseModel().uri(), run.baseModel().sha256()));
    }
    summary
        .corpora()
        .forEach((name, digest) -> page.fact("Corpus " + name, "manifest sha256:" + digest));
    summary.leftOut().forEach(sentence -> page.fact("Held out elsewhere", sentence));
    return page.render("report/training.html", new TrainingReport(summary, logs));
  }

  private static String sealed(String uri, String sha256) {
    return sha256 == null ? uri : uri + ", manifest sha256:" + sha256;
  }

  /** The run in one sentence. */
  public String headline() {
    return "%s parameters, %s steps, %s tokens; %s."
        .formatted(
            Numbers.count(summary.parameters()),
            Numbers.count(summary.steps()),
            Numbers.count(summary.tokens()),
            summary.exportedStep() == null
                ? "a guard ended the run, no model is exported"
                : "the exported model is that of step " + Numbers.count(summary.exportedStep()));
  }

  /** Before and after. */
  public Table perplexities() {
    var table =
        new Table("Before the first step, and of the exported model")
            .label("set")
            .number("before", "")
            .number("after", "")
            .number("change", "%");
    for (var row : summary.perplexities()) {
      table.row(
          Cell.of(row.name()),
          Cell.number(Numbers.fixed(row.before(), 3)),
          Cell.number(Numbers.fixed(row.after(), 3)),
          Cell.number(Numbers.signed(100 * (row.after() / row.before() - 1), 1)));
    }
    return table;
  }

  /** Perplexity of each held-out set. */
  public LineChart heldOut() {
    return curves.heldOut();
  }

  /** Loss of each step, all and by corpus. */
  public LineChart loss() {
    return curves.loss();
  }

  /** Learning rate of each step. */
  public LineChart learningRate() {
    return curves.learningRate();
  }

  /** Norm of each step's gradient. */
  public LineChart gradientNorm() {
    return curves.gradientNorm();
  }

  /** Speed of each step. */
  public LineChart throughput() {
    return curves.throughput();
  }

  /** Steps that were not made, and their documents. */
  public Table skipped() {
    var table =
        new Table("They are not in the curves").number("step", "").text("why").text("documents");
    for (var line : logs.metrics().skipped()) {
      table.row(
          Cell.count(line.step()),
          Cell.of(line.reason()),
          Cell.of(String.join(", ", line.documents())));
    }
    return table;
  }

  /** What the model wrote. */
  public Table samples() {
    return samples.table();
  }

  /** Where the rest is; empty when all is shown. */
  public String samplesNote() {
    return samples.note();
  }
}
