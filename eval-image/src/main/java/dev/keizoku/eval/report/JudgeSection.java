package dev.keizoku.eval.report;

import dev.keizoku.eval.judge.JudgeSummary;
import dev.keizoku.eval.judge.JudgedCandidate;
import dev.keizoku.eval.result.Evaluation;
import dev.keizoku.page.Cell;
import dev.keizoku.page.Numbers;
import dev.keizoku.page.Table;
import java.util.List;

/** What the judge says, and how far it can be believed. */
public final class JudgeSection {
  private final Evaluation evaluation;

  JudgeSection(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  /** Who judges. */
  public String judge() {
    return evaluation.run().judge().settings().api().model();
  }

  /** By what. */
  public String rubric() {
    return evaluation.run().judge().settings().rubric();
  }

  /** A sentence a candidate. */
  public List<String> findings() {
    var base = evaluation.base().model().name();
    return evaluation.judged().stream()
        .map(candidate -> candidate.summary().sentence(candidate.name(), base))
        .toList();
  }

  /** Every task of every candidate. */
  public Table table() {
    var table =
        new Table("Answers of the candidates beside the base model's, as the judge prefers them")
            .label("Candidate")
            .label("Task")
            .number("Answers", "")
            .number("Better", "in both orders")
            .number("Worse", "in both orders")
            .number("Neither", "")
            .number("The same", "word for word")
            .number("Unscored", "")
            .number("p", "exact")
            .number("Orders agree", "")
            .number("First preferred", "");
    for (var candidate : evaluation.judged()) {
      candidate.byTask().forEach((task, of) -> table.row(cells(candidate, task, of), false));
      table.row(cells(candidate, "all", candidate.summary()), true);
    }
    return table;
  }

  private static List<Cell> cells(JudgedCandidate candidate, String task, JudgeSummary of) {
    return List.of(
        Cell.of(candidate.name()),
        Cell.of(task),
        Cell.count(of.pairs()),
        Cell.count(of.won()),
        Cell.count(of.lost()),
        Cell.count(of.ties() - of.same()),
        Cell.count(of.same()),
        Cell.count(of.unscored()),
        ScoreTables.p(of.p()),
        share(of.agreed(), of.scored()),
        share(of.first(), of.decided()));
  }

  private static Cell share(int part, int whole) {
    return whole == 0 ? Cell.of("") : Cell.number(Numbers.percent((double) part / whole, 0));
  }
}
