package dev.keizoku.eval.report;

import dev.keizoku.contract.eval.Gate;
import dev.keizoku.contract.eval.GateVerdict;
import dev.keizoku.contract.eval.GateVerdict.Outcome;
import dev.keizoku.eval.compare.Comparisons;
import dev.keizoku.eval.compare.Summaries;

/**
 * How rows are read.
 *
 * @param confidence level of the intervals
 * @param margin difference that was stated to be as good as none; null for none
 * @param gate what every candidate must reach; null for none
 */
public record Reading(double confidence, Double margin, Gate gate) {

  Finding finding() {
    return new Finding(confidence, margin);
  }

  /**
   * What the gate says of all candidates.
   *
   * @return null without a gate
   */
  public GateVerdict verdict(Comparisons rows) {
    if (gate == null) {
      return null;
    }
    var summaries = Summaries.of(rows);
    return summaries.isEmpty()
        ? new GateVerdict(
            Outcome.INCONCLUSIVE,
            "Scores without their items decide nothing; give the samples of both models.")
        : GateVerdict.of(gate, summaries);
  }
}
