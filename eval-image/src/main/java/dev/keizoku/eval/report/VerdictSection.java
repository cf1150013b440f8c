package dev.keizoku.eval.report;

import dev.keizoku.eval.compare.Comparisons;
import dev.keizoku.page.Table;
import java.util.List;

/** The first part of a page: the gate's verdict, all candidates, and a section each. */
public final class VerdictSection {
  private final Comparisons rows;
  private final Reading reading;

  VerdictSection(Comparisons rows, Reading reading) {
    this.rows = rows;
    this.reading = reading;
  }

  /**
   * What the gate says.
   *
   * @param outcome in a word
   * @param kind how it is coloured
   * @param sentence why
   */
  public record Told(String outcome, String kind, String sentence) {}

  /** What the gate says; null without one. */
  public Told gate() {
    var verdict = reading.verdict(rows);
    if (verdict == null) {
      return null;
    }
    var words = reading.words();
    return new Told(
        words.say("outcome." + verdict.outcome()),
        CandidatesTable.kind(verdict.outcome()),
        verdict.sentence(words.language()));
  }

  /** All candidates in one table; null for one. */
  public Table all() {
    return rows.overall().size() < 2 ? null : CandidatesTable.of(rows, reading);
  }

  /** A section each. */
  public List<CandidateSection> candidates() {
    return rows.overall().stream()
        .map(overall -> CandidateSection.of(rows.of(overall.candidate()), reading))
        .toList();
  }

  /** What no question can tell. */
  public String seedNote() {
    return reading.words().say("seedNote");
  }
}
