package dev.keizoku.trainer.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.keizoku.contract.RunFault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The curve of a run: a line for every step and every evaluation, in order. It holds only what the
 * same run would compute again, so two logs of one run are equal to the byte, whatever happened in
 * between. A checkpoint carries it.
 */
public final class MetricsLog {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private final List<Line> lines = new ArrayList<>();

  /**
   * One line.
   *
   * @param step steps done; an evaluation of step 0 is before the first
   * @param kind {@code step} or {@code evaluation}
   * @param values by name; an evaluation's are perplexities by held-out set
   */
  public record Line(long step, String kind, Map<String, Double> values) {}

  /** Notes a step. */
  public void step(long step, Map<String, Double> values) {
    lines.add(new Line(step, "step", new TreeMap<>(values)));
  }

  /** Notes an evaluation. */
  public void evaluation(long step, Map<String, Double> perplexities) {
    lines.add(new Line(step, "evaluation", new TreeMap<>(perplexities)));
  }

  /** All lines, oldest first. */
  public List<Line> lines() {
    return List.copyOf(lines);
  }

  /** The evaluations, oldest first. */
  public List<Line> evaluations() {
    return lines.stream().filter(line -> line.kind().equals("evaluation")).toList();
  }

  /** The steps, oldest first. */
  public List<Line> steps() {
    return lines.stream().filter(line -> line.kind().equals("step")).toList();
  }

  /** Takes over the lines of another log instead of its own. */
  public void replaceBy(MetricsLog other) {
    lines.clear();
    lines.addAll(other.lines);
  }

  /** One JSON object a line. */
  public byte[] bytes() {
    var text = new StringBuilder();
    for (var line : lines) {
      try {
        text.append(JSON.writeValueAsString(line)).append('\n');
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("a map of numbers is JSON", e);
      }
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads what {@link #bytes} wrote.
   *
   * @param uri where it is from, for the message
   */
  public static MetricsLog parse(byte[] bytes, String uri) {
    var log = new MetricsLog();
    for (var line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
      try {
        log.lines.add(JSON.readValue(line, Line.class));
      } catch (JsonProcessingException e) {
        throw RunFault.userError("InvalidJson", uri + " is not a log of metrics.", e);
      }
    }
    return log;
  }
}
