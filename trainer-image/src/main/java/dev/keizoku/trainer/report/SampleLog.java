package dev.keizoku.trainer.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code samples.jsonl}: what the model wrote after each sample prompt, at the start and at each
 * evaluation. Like the log of metrics it holds only what the same run would write again, and a
 * checkpoint carries it.
 */
public final class SampleLog extends StepLog<SampleLog.Line> {

  /**
   * One continuation.
   *
   * @param step steps done
   * @param prompt the beginning
   * @param text what the model wrote after it
   */
  public record Line(long step, String prompt, String text) {}

  /** Steps at which the prompts were continued, oldest first. */
  public List<Long> steps() {
    return lines().stream().map(Line::step).distinct().toList();
  }

  /** Text by step, by prompt, both in the order in which they came. */
  public Map<String, Map<Long, String>> byPrompt() {
    var texts = new LinkedHashMap<String, Map<Long, String>>();
    for (var line : lines()) {
      texts
          .computeIfAbsent(line.prompt(), p -> new LinkedHashMap<>())
          .put(line.step(), line.text());
    }
    return texts;
  }

  /**
   * Reads what {@link #bytes} wrote.
   *
   * @param uri where it is from, for the message
   */
  public static SampleLog parse(byte[] bytes, String uri) {
    var log = new SampleLog();
    log.replaceBy(JsonLines.parse(bytes, Line.class, uri, "a log of samples"));
    return log;
  }
}
