package dev.keizoku.eval.compare;

import dev.keizoku.eval.metric.ItemScores;
import dev.keizoku.eval.stats.Estimate;
import dev.keizoku.eval.stats.PairedBootstrap;
import dev.keizoku.eval.stats.RandomizationTest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A task with all its prompts, resampled once for all models. Where prompt sets are given the
 * task's number is the mean over the sets; a prompt that stands for two sets counts twice.
 */
final class TaskDraws {
  private final List<Measured> prompts;
  private final int[] ofSet;
  private final double[][] draws;

  /**
   * @param prompts of one task
   * @param sets names of the sets; a set that the task knows nothing of takes its first prompt
   */
  TaskDraws(List<Measured> prompts, List<String> sets, PairedBootstrap bootstrap) {
    this.prompts = prompts;
    this.ofSet = sets.stream().mapToInt(this::prompt).toArray();
    var columns = new ArrayList<ItemScores>();
    prompts.forEach(prompt -> columns.addAll(prompt.models()));
    this.draws = bootstrap.scores(first().task(), first().units(), columns);
  }

  private int prompt(String set) {
    return IntStream.range(0, prompts.size())
        .filter(i -> prompts.get(i).prompt().equals(set))
        .findFirst()
        .orElseGet(
            () ->
                IntStream.range(0, prompts.size())
                    .filter(i -> prompts.get(i).sets().contains(set))
                    .findFirst()
                    .orElse(0));
  }

  Measured first() {
    return prompts.getFirst();
  }

  /** The prompts, each once. */
  List<Measured> prompts() {
    return prompts;
  }

  /** The prompt that stands for a set. */
  Measured of(int set) {
    return prompts.get(ofSet[set]);
  }

  /** Every set once, as indices. */
  int[] allSets() {
    return IntStream.range(0, ofSet.length).toArray();
  }

  int units() {
    return first().units().count();
  }

  /** A model's score, the mean over those sets. */
  Estimate score(int model, int... sets) {
    return estimate(value(model, sets), sets, model, -1);
  }

  /** A candidate's difference to the base model, the mean over those sets. */
  Estimate delta(int model, int... sets) {
    return estimate(value(model, sets) - value(0, sets), sets, model, 0);
  }

  private double value(int model, int... sets) {
    return IntStream.of(sets)
        .mapToDouble(set -> of(set).models().get(model).score())
        .average()
        .orElseThrow();
  }

  private Estimate estimate(double value, int[] sets, int model, int minus) {
    var mean = new double[draws[0].length];
    for (int set : sets) {
      var plus = column(set, model);
      for (int r = 0; r < mean.length; r++) {
        mean[r] += (plus[r] - (minus < 0 ? 0 : column(set, minus)[r])) / sets.length;
      }
    }
    return Estimate.of(value, mean, units());
  }

  private double[] column(int set, int model) {
    return draws[ofSet[set] * first().models().size() + model];
  }

  /** A candidate's scores with the base model's, a pair a set. */
  List<RandomizationTest.Pair> pairs(int model) {
    return IntStream.of(ofSet)
        .mapToObj(prompts::get)
        .map(of -> new RandomizationTest.Pair(of.base(), of.models().get(model)))
        .toList();
  }

  /** Counts of a candidate over all prompts. */
  Counts counts(int model) {
    var sum = new Counts(0, 0, 0, 0, 0);
    for (var prompt : prompts) {
      sum = sum.plus(counts(prompt, model));
    }
    return new Counts(
        first().units().of().length, units(), sum.gained(), sum.lost(), sum.changed());
  }

  private static Counts counts(Measured prompt, int model) {
    var base = prompt.base();
    var tuned = prompt.models().get(model);
    int n = base.size();
    long gained = IntStream.range(0, n).filter(i -> tuned.item(i) > base.item(i)).count();
    long lost = IntStream.range(0, n).filter(i -> tuned.item(i) < base.item(i)).count();
    long changed =
        prompt.answers().isEmpty()
            ? gained + lost
            : IntStream.range(0, n)
                .filter(i -> prompt.answers().get(0)[i] != prompt.answers().get(model)[i])
                .count();
    return new Counts(n, prompt.units().count(), gained, lost, changed);
  }
}
