package dev.keizoku.eval.report;

import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.result.Evaluation;
import dev.keizoku.page.Cell;
import dev.keizoku.page.Table;
import java.util.List;

/**
 * What the numbers are of: digests of what was read, and what the corpora held of the questions.
 */
public final class Provenance {
  private static final String NONE = "";

  private final List<TaskRequests> tasks;

  Provenance(Evaluation evaluation) {
    this.tasks = evaluation.tasks();
  }

  /** Every task with the digest of all that models read of it. */
  public Table tasks() {
    var table =
        new Table("What was asked")
            .label("Task")
            .number("Items", "")
            .label("From")
            .label("sha256 of all that is read");
    for (var task : tasks) {
      table.row(
          Cell.of(task.name()),
          Cell.count(task.requests().size()),
          Cell.of(task.file().place()),
          Cell.of(task.sha256()));
    }
    return table;
  }

  /**
   * What corpora whose documents were scored, and models were trained on, held of benchmarks; null
   * without such a corpus.
   */
  public Table corpora() {
    var corpora = tasks.stream().filter(task -> task.file().labels().corpus() != null).toList();
    if (corpora.isEmpty()) {
      return null;
    }
    var table =
        new Table("Questions of benchmarks in the corpora")
            .label("Corpus")
            .label("Version")
            .label("Benchmark")
            .number("Questions", "")
            .number("Found", "questions")
            .number("Documents", "that held one")
            .text("What became of these");
    corpora.forEach(task -> add(table, task));
    return table;
  }

  private static void add(Table table, TaskRequests task) {
    var corpus = task.file().labels().corpus();
    var name = Cell.of(task.task().name());
    var version = Cell.of(corpus.version().substring(0, Math.min(12, corpus.version().length())));
    if (corpus.benchmarks().isEmpty()) {
      table.row(
          name,
          version,
          Cell.of("none was looked for"),
          Cell.of(NONE),
          Cell.of(NONE),
          Cell.of(NONE),
          Cell.of("whether questions stand in it is not known"));
      return;
    }
    for (var hits : corpus.benchmarks()) {
      table.row(
          name,
          version,
          Cell.of(hits.name()),
          Cell.count(hits.questions()),
          Cell.count(hits.found()),
          Cell.count(hits.documents()),
          Cell.of(hits.documents() == 0 ? NONE : fate(corpus.onHit())));
    }
  }

  private static String fate(String onHit) {
    return switch (onHit) {
      case "Drop" -> "left out";
      case "Cut" -> "the questions' lines were taken out";
      default -> "they stay: scores of these questions may be remembered";
    };
  }
}
