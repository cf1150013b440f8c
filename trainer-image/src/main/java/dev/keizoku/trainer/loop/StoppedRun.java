package dev.keizoku.trainer.loop;

import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.artifact.ArtifactFolder;
import dev.keizoku.trainer.report.RunLogs;
import dev.keizoku.trainer.report.RunSummary;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a run leaves that a guard has ended: the curves up to there, {@code <output>/report/}. There
 * is neither a model nor a manifest, so that nothing takes it for one. A later try that ends well
 * takes it away.
 */
final class StoppedRun {
  private static final Logger LOG = LoggerFactory.getLogger(StoppedRun.class);

  private StoppedRun() {}

  /**
   * Writes the report.
   *
   * @param fault why the run ends
   * @param clock for the name of the event file
   * @return the same fault, which says where the report is if it could be written
   */
  static RunFault report(
      RunFault fault, RunSummary summary, RunLogs logs, ObjectStore store, Clock clock) {
    var folder = folder(summary.run().output());
    try {
      // An earlier attempt's event file would be drawn into the same curves.
      store.deleteFolder(folder);
      logs.files(summary, clock).forEach(new ArtifactFolder(store, folder)::put);
    } catch (RuntimeException e) {
      LOG.warn("The report of the ended run is not written: {}", e.getMessage());
      return fault;
    }
    return RunFault.userError(
        fault.reason(),
        "%s The curves up to there are in %s."
            .formatted(fault.getMessage(), folder.child("report.html")),
        fault);
  }

  /** Takes away what an earlier try left, now that there is a model with a report of its own. */
  static void forget(String output, ObjectStore store) {
    try {
      store.deleteFolder(folder(output));
    } catch (RuntimeException e) {
      LOG.warn("The report of an earlier try stays in {}: {}", folder(output), e.getMessage());
    }
  }

  private static StoreUri folder(String output) {
    return StoreUri.parse(output).child("report");
  }
}
