package dev.keizoku.eval.report;

import dev.keizoku.contract.words.Phrases;
import dev.keizoku.eval.judge.JudgeSummary;
import dev.keizoku.eval.judge.JudgedCandidate;
import dev.keizoku.eval.result.Evaluation;
import dev.keizoku.page.Cell;
import dev.keizoku.page.Numbers;
import dev.keizoku.page.Table;
import java.util.List;
import java.util.Locale;

/** What the judge says, and how far it can be believed. */
public final class JudgeSection {
  private final Evaluation evaluation;
  private final Phrases words;

  JudgeSection(Evaluation evaluation, Phrases words) {
    this.evaluation = evaluation;
    this.words = words;
  }

  /** Who judges, and how. */
  public String how() {
    return words.say("judgeHow", evaluation.run().judge().settings().api().model());
  }

  /** By what. */
  public String rubric() {
    return evaluation.run().judge().settings().rubric();
  }

  /** A sentence a candidate. */
  public List<String> findings() {
    var base = evaluation.base().model().name();
    return evaluation.judged().stream()
        .map(candidate -> sentence(candidate.summary(), candidate.name(), base, words))
        .toList();
  }

  /** What a judge says of one candidate. */
  public static String sentence(JudgeSummary of, String candidate, String base, Phrases words) {
    return words.say(
        "judged",
        candidate,
        Numbers.count(of.won()),
        base,
        Numbers.count(of.lost()),
        Numbers.count(of.ties()),
        Numbers.count(of.pairs()),
        Numbers.count(of.unscored()),
        String.format(Locale.ROOT, "%.4f", of.p()),
        part(of.agreed(), of.scored(), words),
        part(of.first(), of.decided(), words));
  }

  private static String part(int part, int whole, Phrases words) {
    return whole == 0
        ? words.say("noneOfNone")
        : words.say("countOf", Numbers.count(part), Numbers.count(whole));
  }

  /** Every task of every candidate. */
  public Table table() {
    var table =
        new Table(words.say("judgeTable"))
            .label(words.say("candidate"))
            .label(words.say("task"))
            .number(words.say("answers"), "")
            .number(words.say("better"), words.say("bothOrders"))
            .number(words.say("worse"), words.say("bothOrders"))
            .number(words.say("neither"), "")
            .number(words.say("theSame"), words.say("wordForWord"))
            .number(words.say("unscored"), "")
            .number("p", words.say("exact"))
            .number(words.say("ordersAgree"), "")
            .number(words.say("firstPreferred"), "");
    for (var candidate : evaluation.judged()) {
      candidate.byTask().forEach((task, of) -> table.row(cells(candidate, task, of), false));
      table.row(cells(candidate, words.say("all"), candidate.summary()), true);
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
