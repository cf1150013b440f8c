package dev.keizoku.trainer.checkpoint;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.artifact.Manifest;
import dev.keizoku.storage.artifact.ManifestFile;
import dev.keizoku.trainer.parallel.DataParallelTrainer;
import dev.keizoku.trainer.report.MetricsLog;
import dev.keizoku.trainer.report.RunLogs;
import dev.keizoku.trainer.report.SampleLog;
import dev.keizoku.trainer.report.TimingLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.IntStream;

/** Brings one checkpoint back, by any number of ranks; nothing is changed before all is checked. */
final class CheckpointReader {
  private final CheckpointFolder folder;
  private final String run;
  private final Path scratch;

  /**
   * @param run digest of what makes the run's numbers
   * @param scratch a local folder
   */
  CheckpointReader(CheckpointFolder folder, String run, Path scratch) {
    this.folder = folder;
    this.run = run;
    this.scratch = scratch;
  }

  /**
   * Restores a step.
   *
   * @throws RunFault user error {@code OutputOfAnotherRun}, or one of damage
   */
  SavedProgress restore(DataParallelTrainer trainer, long step) {
    var from = folder.of(step);
    var uri = from.child(CheckpointMetadata.FILE_NAME);
    var metadata = CheckpointMetadata.read(folder.store().read(uri), uri.toString());
    if (metadata.step() != step) {
      throw RunFault.userError(Reason.CHECKPOINT_INVALID, uri + " is not of this step.");
    }
    requireSameRun(metadata, trainer, from);
    var local = LocalFolder.create(scratch.resolve("restore"));
    var files = new ArrayList<Path>();
    for (var rank : metadata.ranks()) {
      var file = local.resolve(rank.file().path());
      Manifest.download(folder.store(), from, rank.file(), file);
      files.add(file);
    }
    var logs = logs(metadata, from);
    var checkpoint = new CheckpointFiles(metadata, files);
    trainer.onStates(
        (rank, state) -> {
          checkpoint.restore(state);
          return rank;
        });
    // Its log has a line for every update, also in checkpoints of older programs.
    trainer.restored(logs.metrics().steps().size());
    LocalFolder.remove(local);
    return new SavedProgress(metadata.step(), metadata.guards(), logs);
  }

  private RunLogs logs(CheckpointMetadata metadata, StoreUri from) {
    var where = from.toString();
    return new RunLogs(
        MetricsLog.parse(checked(from, metadata.metrics()), where),
        SampleLog.parse(checked(from, metadata.samples()), where),
        TimingLog.parse(checked(from, metadata.timings()), where));
  }

  private byte[] checked(StoreUri from, ManifestFile file) {
    if (file == null) {
      // Older programs did not write this log.
      return new byte[0];
    }
    var uri = from.child(file.path());
    var bytes = folder.store().read(uri);
    if (!Digests.sha256(bytes).equals(file.sha256())) {
      throw RunFault.userError(Reason.CHECKPOINT_INVALID, uri + " is damaged.");
    }
    return bytes;
  }

  private void requireSameRun(
      CheckpointMetadata metadata, DataParallelTrainer trainer, StoreUri from) {
    var units = trainer.layout().units();
    var same =
        metadata.run().equals(run)
            && metadata.units().size() == units.size()
            && IntStream.range(0, units.size())
                .allMatch(u -> metadata.units().get(u).elements() == units.get(u).elements());
    if (!same) {
      throw RunFault.userError(
          Reason.OUTPUT_OF_ANOTHER_RUN,
          "%s is a checkpoint of a run with other data, model or hyper-parameters; give another output or remove it."
              .formatted(from));
    }
  }
}
