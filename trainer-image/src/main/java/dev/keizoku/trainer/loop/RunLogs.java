package dev.keizoku.trainer.loop;

import dev.keizoku.storage.ArtifactFolder;
import dev.keizoku.trainer.report.EventFile;
import dev.keizoku.trainer.report.MetricsLog;
import dev.keizoku.trainer.report.RunSummary;
import dev.keizoku.trainer.report.SampleLog;
import dev.keizoku.trainer.report.TimingLog;
import dev.keizoku.trainer.report.TrainingReport;
import java.time.Clock;

/**
 * What a run has noted so far.
 *
 * @param metrics steps and evaluations; a checkpoint carries them
 * @param samples what the model wrote after the sample prompts; a checkpoint carries them
 * @param timings when and how fast; a checkpoint carries them
 * @param throughput measures them
 */
record RunLogs(MetricsLog metrics, SampleLog samples, TimingLog timings, Throughput throughput) {

  /** Nothing yet. */
  static RunLogs begin() {
    var timings = new TimingLog();
    return new RunLogs(
        new MetricsLog(),
        new SampleLog(),
        timings,
        new Throughput(System::nanoTime, Clock.systemUTC(), timings));
  }

  /** Forgets what came after a checkpoint. */
  void goBackTo(MetricsLog metricsThen, SampleLog samplesThen, TimingLog timingsThen) {
    metrics.replaceBy(metricsThen);
    samples.replaceBy(samplesThen);
    timings.replaceBy(timingsThen);
  }

  /**
   * Writes what people look at: {@code metrics.jsonl}, {@code timings.jsonl}, {@code samples.jsonl}
   * if there are any, the TensorBoard file, {@code report.html}.
   *
   * @param clock for the name of the event file, and for wall times that are not known
   */
  void write(ArtifactFolder folder, RunSummary summary, Clock clock) {
    folder.put("metrics.jsonl", metrics.bytes());
    folder.put("timings.jsonl", timings.bytes());
    folder.put(EventFile.path(clock), EventFile.bytes(metrics, timings, clock));
    if (!samples.steps().isEmpty()) {
      folder.put("samples.jsonl", samples.bytes());
    }
    folder.put("report.html", TrainingReport.html(summary, metrics, samples, timings));
  }
}
