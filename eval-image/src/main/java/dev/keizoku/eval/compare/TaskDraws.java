package dev.keizoku.eval.compare;

import dev.keizoku.eval.metric.ItemScores;
import dev.keizoku.eval.stats.Estimate;
import dev.keizoku.eval.stats.PairedBootstrap;
import dev.keizoku.eval.stats.RandomizationTest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A task with all its prompts, resampled once for all models. The task's number is the mean over
 * the prompt sets that were asked of it; a prompt that stands for two sets counts twice.
 */
final class TaskDraws {
  private final List<Measured> prompts;
  private final double[][] draws;

  /**
   * @param prompts of one task, at least one
   */
  TaskDraws(List<Measured> prompts, PairedBootstrap bootstrap) {
    this.prompts = prompts;
    var columns = new ArrayList<ItemScores>();
    prompts.forEach(prompt -> columns.addAll(prompt.models()));
    this.draws = bootstrap.scores(first().task(), first().units(), columns);
  }

  /** Indices of the prompts, each as often as it counts in the mean. */
  int[] all() {
    return IntStream.range(0, prompts.size())
        .flatMap(i -> IntStream.range(0, prompts.get(i).sets().size()).map(set -> i))
        .toArray();
  }

  /** Names of the prompt sets that were asked. */
  List<String> sets() {
    return prompts.stream().flatMap(prompt -> prompt.sets().stream()).toList();
  }

  /** Index of the prompt that stands for a set; a task with one prompt has it for all of them. */
  int prompt(String set) {
    return IntStream.range(0, prompts.size())
        .filter(i -> prompts.get(i).sets().contains(set))
        .findFirst()
        .orElse(0);
  }

  boolean swept() {
    return prompts.size() > 1;
  }

  Measured first() {
    return prompts.getFirst();
  }

  /** The prompts, each once. */
  List<Measured> prompts() {
    return prompts;
  }

  int units() {
    return first().units().count();
  }

  /** A model's score, the mean over those prompts. */
  Estimate score(int model, int... of) {
    return Estimate.of(value(model, of), draws(of, model, -1), units());
  }

  /** A candidate's difference to the base model, the mean over those prompts. */
  Estimate delta(int model, int... of) {
    double delta = value(model, of) - value(0, of);
    return Estimate.of(delta, draws(of, model, 0), units(), least(delta));
  }

  /**
   * The least standard error of a difference: where so many questions are answered alike, or all of
   * them one way, the next one may still go either way. Of a loss, which has no scale, one document
   * tells nothing.
   *
   * <p>Source: Agresti and Min, Statistics in Medicine 24, 2005: pairs with half a pseudo-question
   * in each cell, of which this is the error without any that differ.
   */
  private double least(double delta) {
    if (first().higherIsBetter()) {
      return 1.0 / (units() + 2);
    }
    return units() == 1 ? Math.abs(delta) : 0;
  }

  private double value(int model, int... of) {
    return IntStream.of(of)
        .mapToDouble(prompt -> prompts.get(prompt).models().get(model).score())
        .average()
        .orElseThrow();
  }

  /**
   * @param minus the model that it is compared with; -1 for none
   */
  private double[] draws(int[] of, int model, int minus) {
    var mean = new double[draws[0].length];
    for (int prompt : of) {
      var plus = column(prompt, model);
      for (int r = 0; r < mean.length; r++) {
        mean[r] += (plus[r] - (minus < 0 ? 0 : column(prompt, minus)[r])) / of.length;
      }
    }
    return mean;
  }

  private double[] column(int prompt, int model) {
    return draws[prompt * first().models().size() + model];
  }

  /** A candidate's scores with the base model's, a pair for each of those prompts. */
  List<RandomizationTest.Pair> pairs(int model, int... of) {
    return IntStream.of(of)
        .mapToObj(prompts::get)
        .map(prompt -> new RandomizationTest.Pair(prompt.base(), prompt.models().get(model)))
        .toList();
  }

  /** What guessing scores, the mean over those prompts; null where one cannot guess. */
  Double guessing(int... of) {
    return first().guessing() == null
        ? null
        : Double.valueOf(
            IntStream.of(of)
                .mapToDouble(prompt -> prompts.get(prompt).guessing())
                .average()
                .orElseThrow());
  }

  /** Whether McNemar's test holds: right or wrong, one prompt, no two questions of a unit. */
  boolean exact(int model, int... of) {
    var prompt = prompts.get(of[0]);
    return IntStream.of(of).distinct().count() == 1
        && prompt.units().single()
        && prompt.base().binary()
        && prompt.models().get(model).binary();
  }

  /** Counts of a candidate over those prompts. */
  Counts counts(int model, int... of) {
    var sum = new Counts(0, 0, 0, 0, 0);
    for (int prompt : IntStream.of(of).distinct().toArray()) {
      sum = sum.plus(counts(prompts.get(prompt), model));
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
