package dev.keizoku.trainer.report;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run writes down while it goes on; a checkpoint carries all of it.
 *
 * @param metrics steps and evaluations
 * @param samples what the model wrote after the sample prompts
 * @param timings when and how fast
 */
public record RunLogs(MetricsLog metrics, SampleLog samples, TimingLog timings) {

  /** Nothing yet. */
  public static RunLogs begin() {
    return new RunLogs(new MetricsLog(), new SampleLog(), new TimingLog());
  }

  /** The same lines in logs of their own. */
  public RunLogs copy() {
    var copy = begin();
    copy.replaceBy(this);
    return copy;
  }

  /** Takes over the lines of other logs instead of its own. */
  public void replaceBy(RunLogs other) {
    metrics.replaceBy(other.metrics);
    samples.replaceBy(other.samples);
    timings.replaceBy(other.timings);
  }

  /**
   * What people look at, by path: {@code metrics.jsonl}, {@code timings.jsonl}, {@code
   * samples.jsonl} if there are any, the TensorBoard file, {@code report.html}.
   *
   * @param clock for the name of the event file, and for wall times that are not known
   */
  public Map<String, byte[]> files(RunSummary summary, Clock clock) {
    var files = new LinkedHashMap<String, byte[]>();
    files.put("metrics.jsonl", metrics.bytes());
    files.put("timings.jsonl", timings.bytes());
    files.put(EventFile.path(clock), EventFile.bytes(metrics, timings, clock));
    if (!samples.steps().isEmpty()) {
      files.put("samples.jsonl", samples.bytes());
    }
    files.put("report.html", TrainingReport.html(summary, this));
    return files;
  }
}
