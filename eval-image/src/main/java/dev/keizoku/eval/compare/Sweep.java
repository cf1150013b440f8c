package dev.keizoku.eval.compare;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.keizoku.eval.stats.Interval;
import java.util.Comparator;
import java.util.List;

/**
 * A candidate's overall difference with every prompt set that was asked, so that none of them
 * stands for the rest.
 *
 * @param candidate the candidate's name
 * @param sets a row a prompt set
 */
public record Sweep(String candidate, List<PromptSet> sets) {

  /**
   * All tasks with the prompts of one set.
   *
   * @param name of the set
   * @param base the base model's overall score
   * @param tuned the candidate's
   * @param delta tuned minus base
   * @param interval of delta; null where it is not known
   */
  public record PromptSet(
      String name, double base, double tuned, double delta, Interval interval) {}

  /** Mean difference over the sets. */
  public double mean() {
    return sets.stream().mapToDouble(PromptSet::delta).average().orElseThrow();
  }

  /** How many sets show the other sign than their mean. */
  public long flips() {
    double mean = mean();
    return sets.stream().filter(set -> set.delta() * mean < 0).count();
  }

  /** The set with the smallest difference. */
  @JsonIgnore
  public PromptSet worst() {
    return sets.stream().min(Comparator.comparingDouble(PromptSet::delta)).orElseThrow();
  }

  /** The set with the largest difference. */
  @JsonIgnore
  public PromptSet best() {
    return sets.stream().max(Comparator.comparingDouble(PromptSet::delta)).orElseThrow();
  }
}
