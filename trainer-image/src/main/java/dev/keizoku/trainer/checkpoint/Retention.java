package dev.keizoku.trainer.checkpoint;

import dev.keizoku.trainer.report.MetricsLog;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which checkpoints stay: the newest ones, and besides those of the steps at which the perplexity
 * of one held-out set was lowest.
 *
 * @param last how many of the newest, 1 or more
 * @param best how many for their perplexity, 0 or more
 * @param set the held-out set that decides; null when there is none, then {@code best} is 0
 */
public record Retention(int last, int best, String set) {

  /** Steps whose checkpoints stay, of those that are there. */
  Set<Long> kept(List<Long> newestFirst, MetricsLog metrics) {
    var kept = new TreeSet<>(newestFirst.subList(0, Math.min(last, newestFirst.size())));
    bestFirst(newestFirst, metrics).stream().limit(best).forEach(kept::add);
    return kept;
  }

  /** Those of the steps at which the set was measured, the lowest perplexity first. */
  List<Long> bestFirst(Collection<Long> steps, MetricsLog metrics) {
    return metrics.evaluations().stream()
        .filter(line -> steps.contains(line.step()) && isMeasured(line))
        .sorted(Comparator.comparingDouble(this::perplexity).thenComparing(MetricsLog.Line::step))
        .map(MetricsLog.Line::step)
        .toList();
  }

  /** Whether the newest measurement is one of the best so far, the one at step 0 not counted. */
  public boolean isBest(MetricsLog metrics) {
    var measured =
        metrics.evaluations().stream().filter(line -> line.step() > 0 && isMeasured(line)).toList();
    if (best == 0 || measured.isEmpty()) {
      return false;
    }
    var newest = perplexity(measured.getLast());
    var better = measured.stream().mapToDouble(this::perplexity).filter(p -> p < newest).count();
    return better < best;
  }

  private boolean isMeasured(MetricsLog.Line line) {
    return set != null && line.values().containsKey(set) && Double.isFinite(perplexity(line));
  }

  private double perplexity(MetricsLog.Line line) {
    return line.values().get(set);
  }
}
