package dev.keizoku.eval.report;

import dev.keizoku.contract.words.Phrases;
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
  private final Phrases words;

  Provenance(Evaluation evaluation, Phrases words) {
    this.tasks = evaluation.tasks();
    this.words = words;
  }

  /** Every task with the digest of all that models read of it. */
  public Table tasks() {
    var table =
        new Table(words.say("whatWasAsked"))
            .label(words.say("task"))
            .number(words.say("items"), "")
            .label(words.say("from"))
            .label(words.say("digest"));
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
        new Table(words.say("corpora"))
            .label(words.say("corpus"))
            .label(words.say("version"))
            .label(words.say("benchmark"))
            .number(words.say("questions"), "")
            .number(words.say("found"), words.say("foundQuestions"))
            .number(words.say("documents"), words.say("documentsHeld"))
            .text(words.say("fate"));
    corpora.forEach(task -> add(table, task));
    return table;
  }

  private void add(Table table, TaskRequests task) {
    var corpus = task.file().labels().corpus();
    var name = Cell.of(task.task().name());
    var version = Cell.of(corpus.version().substring(0, Math.min(12, corpus.version().length())));
    if (corpus.benchmarks().isEmpty()) {
      table.row(
          name,
          version,
          Cell.of(words.say("notLooked")),
          Cell.of(NONE),
          Cell.of(NONE),
          Cell.of(NONE),
          Cell.of(words.say("notKnown")));
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

  private String fate(String onHit) {
    return words.say(
        switch (onHit) {
          case "Drop" -> "fateDrop";
          case "Cut" -> "fateCut";
          default -> "fateReport";
        });
  }
}
