package dev.keizoku.trainer.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The curve of a run: a line for every step, left out or not, and every evaluation, in order. It
 * holds only what the same run would compute again, so two logs of one run are equal to the byte,
 * whatever happened in between. A checkpoint carries it.
 */
public final class MetricsLog extends StepLog<MetricsLog.Line> {
  static final String STEP = "step";
  static final String EVALUATION = "evaluation";
  private static final String SKIPPED = "skipped";

  /**
   * One line.
   *
   * @param step steps done; an evaluation of step 0 is before the first
   * @param kind {@code step}, {@code skipped} or {@code evaluation}
   * @param values by name; an evaluation's are perplexities by held-out set
   * @param documents of a skipped step: those that were not trained on
   * @param reason of a skipped step: why, in one sentence
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Line(
      long step, String kind, Map<String, Double> values, List<String> documents, String reason) {}

  /** Notes a step. */
  public void step(long step, Map<String, Double> values) {
    add(new Line(step, STEP, new TreeMap<>(values), null, null));
  }

  /** Notes a step whose batch was left out. */
  public void skipped(long step, List<String> documents, String reason) {
    add(new Line(step, SKIPPED, Map.of(), List.copyOf(documents), reason));
  }

  /** Notes an evaluation. */
  public void evaluation(long step, Map<String, Double> perplexities) {
    add(new Line(step, EVALUATION, new TreeMap<>(perplexities), null, null));
  }

  /** The evaluations, oldest first. */
  public List<Line> evaluations() {
    return of(EVALUATION);
  }

  /** The steps whose update was made, oldest first. */
  public List<Line> steps() {
    return of(STEP);
  }

  /** The steps that were left out, oldest first. */
  public List<Line> skipped() {
    return of(SKIPPED);
  }

  private List<Line> of(String kind) {
    return lines().stream().filter(line -> line.kind().equals(kind)).toList();
  }

  /**
   * Reads what {@link #bytes} wrote.
   *
   * @param uri where it is from, for the message
   */
  public static MetricsLog parse(byte[] bytes, String uri) {
    var log = new MetricsLog();
    log.replaceBy(JsonLines.parse(bytes, Line.class, uri, "a log of metrics"));
    return log;
  }
}
