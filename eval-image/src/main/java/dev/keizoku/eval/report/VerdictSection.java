package dev.keizoku.eval.report;

import dev.keizoku.contract.eval.GateVerdict;
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

  /** What the gate says; null without one. */
  public GateVerdict gate() {
    return reading.verdict(rows);
  }

  /** How the verdict is coloured. */
  public String kind() {
    return CandidatesTable.kind(gate().outcome().name());
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
    return "One training run each: what another training seed would have given is not measured.";
  }
}
