package dev.keizoku.trainer.report;

import java.util.ArrayList;
import java.util.List;

/**
 * What a run has noted so far, one line at a time; a checkpoint carries it, and whoever goes on
 * from there takes it over.
 *
 * @param <T> a line
 */
public abstract sealed class StepLog<T extends Record> permits MetricsLog, SampleLog, TimingLog {
  private final List<T> lines = new ArrayList<>();

  /** Notes a line. */
  public final void add(T line) {
    lines.add(line);
  }

  /** All lines, oldest first. */
  public final List<T> lines() {
    return List.copyOf(lines);
  }

  /** Takes over the lines of another log instead of its own. */
  final void replaceBy(StepLog<T> other) {
    replaceBy(other.lines());
  }

  final void replaceBy(List<T> others) {
    lines.clear();
    lines.addAll(others);
  }

  /** One JSON object a line. */
  public final byte[] bytes() {
    return JsonLines.bytes(lines);
  }
}
