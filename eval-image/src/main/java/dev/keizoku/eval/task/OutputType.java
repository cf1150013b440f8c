package dev.keizoku.eval.task;

import dev.keizoku.eval.answer.TextMetric;
import dev.keizoku.eval.metric.Metric;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a task asks of a model, by the names of lm-evaluation-harness. */
public enum OutputType {
  /** The likelihood of each choice after the text. */
  MULTIPLE_CHOICE(Metric.names(), Metric.USUAL),
  /** The likelihood of one continuation. */
  LOGLIKELIHOOD(List.of("perplexity", "acc", "bits_per_char"), List.of("perplexity", "acc")),
  /** A written answer. */
  GENERATE_UNTIL(TextMetric.NAMES, List.of("exact_match")),
  /** The likelihood of a whole document. */
  LOGLIKELIHOOD_ROLLING(Metric.OF_DOCUMENTS, Metric.OF_DOCUMENTS);

  private final Collection<String> metrics;
  private final List<String> usual;

  OutputType(Collection<String> metrics, List<String> usual) {
    this.metrics = metrics;
    this.usual = usual;
  }

  /** The type of that name. */
  public static Optional<OutputType> of(String word) {
    return Arrays.stream(values()).filter(type -> type.word().equals(word)).findFirst();
  }

  /** The name in task files. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The metric that a name stands for. */
  public Metric metric(String name) {
    return this == LOGLIKELIHOOD && name.equals("acc") ? Metric.GREEDY : Metric.named(name);
  }

  /** Names of the metrics that it may be scored by. */
  public Collection<String> metrics() {
    return metrics;
  }

  /** What a task is scored by that names none. */
  public List<String> usual() {
    return usual;
  }
}
