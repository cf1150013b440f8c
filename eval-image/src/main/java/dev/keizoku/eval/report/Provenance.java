package dev.keizoku.eval.report;

import dev.keizoku.contract.words.Phrases;
import dev.keizoku.eval.lineage.TrainedOn;
import dev.keizoku.eval.lineage.TrainedOn.State;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.result.Evaluation;
import dev.keizoku.eval.task.HeldOutSet;
import dev.keizoku.page.Cell;
import dev.keizoku.page.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * What the numbers are of: digests of what was read, and what the corpora held of the questions.
 */
public final class Provenance {
  private static final Cell NONE = Cell.of("");
  private static final int SHORT = 12;

  private final List<TaskRequests> tasks;
  private final List<TrainedOn> lineage;
  private final Phrases words;

  Provenance(Evaluation evaluation, Phrases words) {
    this.tasks = evaluation.tasks();
    this.lineage = evaluation.lineage();
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
   * What corpora whose held-out documents were scored held of benchmarks; null without such a
   * corpus.
   */
  public Table corpora() {
    var corpora = tasks.stream().filter(task -> task.file().labels().corpus() != null).toList();
    if (corpora.isEmpty()) {
      return null;
    }
    var table = table(new Table(words.say("corpora")));
    corpora.forEach(
        task -> {
          var of = Cell.of(task.task().name());
          add(table, List.of(of), task.file().labels().corpus());
        });
    return table;
  }

  /** The same of the corpora that the models were trained on; null where nobody looked. */
  public Table lineage() {
    if (lineage.isEmpty()) {
      return null;
    }
    var table = table(new Table(words.say("lineage")).label(words.say("model")));
    for (var one : lineage) {
      var head = List.of(Cell.of(one.model()), Cell.of(one.from()));
      if (one.state() == State.READ) {
        add(table, head, one.corpus());
      } else {
        var why = words.say(one.state() == State.GONE ? "corpusGone" : "lineageNotTold");
        table.row(row(head, "", "", List.of(NONE, NONE, NONE), why), false);
      }
    }
    return table;
  }

  private Table table(Table begun) {
    return begun
        .label(words.say("corpus"))
        .label(words.say("version"))
        .label(words.say("benchmark"))
        .number(words.say("questions"), "")
        .number(words.say("found"), words.say("foundQuestions"))
        .number(words.say("documents"), words.say("documentsHeld"))
        .text(words.say("fate"));
  }

  private void add(Table table, List<Cell> head, HeldOutSet.Corpus corpus) {
    var version = corpus.version().substring(0, Math.min(SHORT, corpus.version().length()));
    if (corpus.benchmarks().isEmpty()) {
      var unknown = List.of(NONE, NONE, NONE);
      table.row(row(head, version, words.say("notLooked"), unknown, words.say("notKnown")), false);
    }
    for (var hits : corpus.benchmarks()) {
      var counts =
          List.of(
              Cell.count(hits.questions()), Cell.count(hits.found()), Cell.count(hits.documents()));
      var fate = hits.documents() == 0 ? "" : fate(corpus.onHit());
      table.row(row(head, version, hits.name(), counts, fate), false);
    }
  }

  private static List<Cell> row(
      List<Cell> head, String version, String benchmark, List<Cell> counts, String fate) {
    var cells = new ArrayList<>(head);
    cells.add(Cell.of(version));
    cells.add(Cell.of(benchmark));
    cells.addAll(counts);
    cells.add(Cell.of(fate));
    return cells;
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
