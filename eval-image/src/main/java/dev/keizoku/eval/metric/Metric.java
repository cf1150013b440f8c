package dev.keizoku.eval.metric;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * The metrics of the benchmark by their names in task files and results. {@code _norm} takes the
 * log-likelihood a code point of the choice instead of the whole.
 */
public enum Metric {
  /** 1 when the likeliest choice is right. */
  ACC(Metric::accuracy, Outcome::logLikelihoods),
  /** {@link #ACC} by length. */
  ACC_NORM(Metric::accuracy, Outcome::normalized),
  /** Macro f1, see {@link MacroF1Scores}. */
  F1(Metric::macroF1, Outcome::logLikelihoods),
  /** {@link #F1} by length. */
  F1_NORM(Metric::macroF1, Outcome::normalized),
  /** Reciprocal of the right choice's rank. */
  MAP(reciprocalRank(Integer.MAX_VALUE), Outcome::logLikelihoods),
  /** {@link #MAP} by length. */
  MAP_NORM(reciprocalRank(Integer.MAX_VALUE), Outcome::normalized),
  /** {@link #MAP}, 0 from rank 3 on. */
  MAP_2(reciprocalRank(2), Outcome::logLikelihoods),
  /** {@link #MAP_2} by length. */
  MAP_2_NORM(reciprocalRank(2), Outcome::normalized),
  /** {@link #MAP}, 0 from rank 4 on. */
  MAP_3(reciprocalRank(3), Outcome::logLikelihoods),
  /** {@link #MAP_3} by length. */
  MAP_3_NORM(reciprocalRank(3), Outcome::normalized),
  /** {@link #MAP}, 0 from rank 5 on. */
  MAP_4(reciprocalRank(4), Outcome::logLikelihoods),
  /** {@link #MAP_4} by length. */
  MAP_4_NORM(reciprocalRank(4), Outcome::normalized),
  /**
   * Bits a character of a document, or of continuations: what compares models of different
   * tokenizers.
   */
  BITS_PER_CHAR(ratio(Outcome::characters, Metric::bits), Outcome::logLikelihoods),
  /** Mean loss a token, nats; compares models of one tokenizer only. */
  NATS_PER_TOKEN(ratio(o -> o.extent().tokens(), nats -> nats), Outcome::logLikelihoods),
  /** Bits a byte of UTF-8, as in lm-evaluation-harness. */
  BITS_PER_BYTE(ratio(o -> o.extent().bytes(), Metric::bits), Outcome::logLikelihoods),
  /** Perplexity a byte, likewise. */
  BYTE_PERPLEXITY(ratio(o -> o.extent().bytes(), Math::exp), Outcome::logLikelihoods),
  /** Perplexity a word, likewise: of little use where words are not written apart. */
  WORD_PERPLEXITY(ratio(o -> o.extent().words(), Math::exp), Outcome::logLikelihoods),
  /** Of one continuation a question: exp of the mean negative log-likelihood. Less is better. */
  PERPLEXITY(Metric::perplexity, Outcome::logLikelihoods),
  /** {@code acc} of one continuation: 1 when greedy decoding would write it. */
  GREEDY((outcomes, values) -> mean(outcomes, o -> o.greedy()[0] ? 1 : 0), Outcome::logLikelihoods);

  /** What a set of documents is scored by. */
  public static final List<String> OF_DOCUMENTS =
      List.of(
          "bits_per_char", "nats_per_token", "bits_per_byte", "byte_perplexity", "word_perplexity");

  private static final Set<String> OF_CONTINUATIONS = Set.of("perplexity", "greedy");

  /** Of other programs' files, by their names there. */
  private static final Set<String> FOREIGN_LOSSES =
      Set.of("brier_score", "ter", "wer", "cer", "mae", "mse", "rmse", "loss", "nll");

  /** Whether the smaller of two scores by the metric of that name is the better one. */
  public static boolean lessIsBetter(String name) {
    return ofLikelihoods(name) || FOREIGN_LOSSES.contains(name);
  }

  /** Whether the metric of that name adds up log-likelihoods, of documents or continuations. */
  public static boolean ofLikelihoods(String name) {
    return OF_DOCUMENTS.contains(name) || name.equals("perplexity");
  }

  /** Takes a metric over outcomes, from a value for each choice of them. */
  private interface Rule {
    ItemScores over(List<Outcome> outcomes, Function<Outcome, double[]> values);
  }

  private final Rule rule;
  private final Function<Outcome, double[]> values;

  Metric(Rule rule, Function<Outcome, double[]> values) {
    this.rule = rule;
    this.values = values;
  }

  /** The metric of that name, for instance {@code map_2_norm}. */
  public static Metric named(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }

  /** What a task is scored by that names no metric, as in lm-evaluation-harness. */
  public static final List<String> USUAL = List.of("acc", "acc_norm");

  /** The names of the metrics of choices. */
  public static Set<String> names() {
    return Arrays.stream(values())
        .map(Metric::label)
        .filter(name -> !OF_DOCUMENTS.contains(name) && !OF_CONTINUATIONS.contains(name))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The name in files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Index of the choice that it takes for a model's answer, the first of equal ones. */
  public int chosen(Outcome outcome) {
    return Ranking.first(values.apply(outcome));
  }

  /** Whether the choice that it takes has an equal. */
  public boolean tied(Outcome outcome) {
    var ranked = values.apply(outcome);
    double best = ranked[Ranking.first(ranked)];
    return Arrays.stream(ranked).filter(value -> value == best).count() > 1;
  }

  /** Takes the metric over the outcomes of a task. */
  public ItemScores over(List<Outcome> outcomes) {
    return rule.over(outcomes, values);
  }

  private static ItemScores accuracy(List<Outcome> outcomes, Function<Outcome, double[]> values) {
    return mean(outcomes, o -> Ranking.first(values.apply(o)) == o.gold() ? 1 : 0);
  }

  private static ItemScores perplexity(List<Outcome> outcomes, Function<Outcome, double[]> values) {
    return new RatioScores(
        outcomes.stream().mapToDouble(o -> values.apply(o)[0]).toArray(),
        outcomes.stream().mapToDouble(o -> 1).toArray(),
        Math::exp);
  }

  private static ItemScores macroF1(List<Outcome> outcomes, Function<Outcome, double[]> values) {
    return new MacroF1Scores(
        outcomes.stream().mapToInt(Outcome::gold).toArray(),
        outcomes.stream().mapToInt(o -> Ranking.first(values.apply(o))).toArray());
  }

  /**
   * @param deepest last rank that counts
   */
  private static Rule reciprocalRank(int deepest) {
    return (outcomes, values) ->
        mean(
            outcomes,
            o -> {
              int rank = Ranking.rank(values.apply(o), o.gold());
              return rank <= deepest ? 1.0 / rank : 0;
            });
  }

  private static Rule ratio(ToIntFunction<Outcome> size, DoubleUnaryOperator scale) {
    return (outcomes, values) ->
        new RatioScores(
            outcomes.stream().mapToDouble(o -> values.apply(o)[0]).toArray(),
            outcomes.stream().mapToDouble(size::applyAsInt).toArray(),
            scale);
  }

  private static double bits(double nats) {
    return nats / Math.log(2);
  }

  private static MeanScores mean(List<Outcome> outcomes, ToDoubleFunction<Outcome> item) {
    return new MeanScores(outcomes.stream().mapToDouble(item).toArray());
  }
}
