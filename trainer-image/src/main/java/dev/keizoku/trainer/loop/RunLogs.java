package dev.keizoku.trainer.loop;

import dev.keizoku.storage.ArtifactFolder;
import dev.keizoku.trainer.report.EventFile;
import dev.keizoku.trainer.report.MetricsLog;
import dev.keizoku.trainer.report.RunSummary;
import dev.keizoku.trainer.report.SampleLog;
import dev.keizoku.trainer.report.TrainingReport;
import java.time.Clock;

/**
 * What a run has noted so far.
 *
 * @param metrics steps and evaluations; a checkpoint carries them
 * @param samples what the model wrote after the sample prompts; a checkpoint carries them
 * @param throughput of this attempt
 */
record RunLogs(MetricsLog metrics, SampleLog samples, Throughput throughput) {

  /** Nothing yet. */
  static RunLogs begin() {
    return new RunLogs(new MetricsLog(), new SampleLog(), new Throughput(System::nanoTime));
  }

  /** Forgets what came after a checkpoint. */
  void goBackTo(MetricsLog metricsThen, SampleLog samplesThen) {
    metrics.replaceBy(metricsThen);
    samples.replaceBy(samplesThen);
  }

  /**
   * Writes what people look at: {@code metrics.jsonl}, {@code samples.jsonl} if there are any, the
   * TensorBoard file, {@code report.html}.
   *
   * @param clock for the wall times in the event file
   */
  void write(ArtifactFolder folder, RunSummary summary, Clock clock) {
    folder.put("metrics.jsonl", metrics.bytes());
    var bySteps = throughput.bySteps();
    folder.put(EventFile.path(clock), EventFile.bytes(metrics, bySteps, clock));
    if (!samples.steps().isEmpty()) {
      folder.put("samples.jsonl", samples.bytes());
    }
    folder.put("report.html", TrainingReport.html(summary, metrics, samples, bySteps));
  }
}
