package dev.keizoku.trainer.loop;

import dev.keizoku.trainer.report.MetricsLog;
import dev.keizoku.trainer.report.SampleLog;

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
}
