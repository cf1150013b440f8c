package dev.keizoku.eval.compare;

import dev.keizoku.contract.result.EvalResult.End;
import dev.keizoku.contract.result.EvalResult.Ends;
import dev.keizoku.contract.result.EvalResult.Prompts;
import dev.keizoku.contract.result.EvalResult.Summary;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** What a gate judges a candidate by. */
public final class Summaries {
  private Summaries() {}

  /** A summary a candidate, in order; empty where the items are not there to take ends from. */
  public static List<Summary> of(Comparisons comparisons) {
    return comparisons.overall().stream()
        .filter(row -> row.evidence().low() != null)
        .map(row -> of(row, comparisons.of(row.candidate())))
        .toList();
  }

  private static Summary of(Comparison overall, Comparisons rows) {
    return new Summary(
        overall.candidate(),
        rows.tasks().stream().allMatch(Comparison::same),
        Comparison.rounded(overall.evidence().p()),
        Comparison.rounded(overall.lowestGain()),
        Comparison.rounded(overall.highestGain()),
        least(rows, Comparison::lowestGain),
        least(rows, Comparison::highestGain),
        general(rows),
        rows.sweeps().stream().findFirst().map(Summaries::prompts).orElse(null));
  }

  private static End least(Comparisons rows, ToDoubleFunction<Comparison> gain) {
    var row = rows.tasks().stream().min(Comparator.comparingDouble(gain)).orElseThrow();
    return new End(row.task(), Comparison.rounded(gain.applyAsDouble(row)));
  }

  /** The mean of the general scores, and each general perplexity: the least of them. */
  private static Ends general(Comparisons rows) {
    var general =
        Stream.concat(
                Stream.concat(rows.general().stream(), rows.overall().stream())
                    .filter(Comparison::general),
                rows.tasks().stream().filter(row -> row.general() && !row.higherIsBetter()))
            .toList();
    return general.isEmpty()
        ? null
        : new Ends(
            Comparison.rounded(
                general.stream().mapToDouble(Comparison::lowestGain).min().orElseThrow()),
            Comparison.rounded(
                general.stream().mapToDouble(Comparison::highestGain).min().orElseThrow()));
  }

  private static Prompts prompts(Sweep sweep) {
    return new Prompts(
        sweep.sets().size(),
        sweep.flips(),
        Comparison.rounded(sweep.worst().delta()),
        Comparison.rounded(sweep.best().delta()));
  }
}
