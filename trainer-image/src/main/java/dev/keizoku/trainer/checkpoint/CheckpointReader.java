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
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/** Fetches a checkpoint out of the store into the local copy; damage is found before it is used. */
final class CheckpointReader {
  private final CheckpointFolder folder;
  private final String run;
  private final LocalCopy local;

  /**
   * @param run digest of what makes the run's numbers
   */
  CheckpointReader(CheckpointFolder folder, String run, LocalCopy local) {
    this.folder = folder;
    this.run = run;
    this.local = local;
  }

  /**
   * Fetches a step.
   *
   * @param moves is told how many bytes will come, and then of each of them
   * @return what the local copy holds then
   * @throws RunFault user error {@code OutputOfAnotherRun}, or one of damage: then the local copy
   *     holds nothing of use
   */
  Snapshot fetch(DataParallelTrainer trainer, long step, LongFunction<LongConsumer> moves) {
    var from = folder.of(step);
    var uri = from.child(CheckpointMetadata.FILE_NAME);
    var metadata = CheckpointMetadata.read(folder.store().read(uri), uri.toString());
    if (metadata.step() != step) {
      throw RunFault.userError(Reason.CHECKPOINT_INVALID, uri + " is not of this step.");
    }
    requireSameRun(metadata, trainer, from);
    var progress = new SavedProgress(step, metadata.guards(), logs(metadata, from));
    var snapshot = new Snapshot(progress, metadata.units(), metadata.ranks());
    local.make(snapshot.sizes());
    var received = moves.apply(snapshot.bytes());
    for (var file = 0; file < metadata.ranks().size(); file++) {
      fetch(from, metadata.ranks().get(file).file(), file, snapshot.sizes().get(file), received);
    }
    return snapshot;
  }

  private void fetch(
      StoreUri from, ManifestFile file, int number, long expected, LongConsumer received) {
    var bytes =
        Manifest.stream(
            folder.store(),
            from,
            file,
            (at, part, count) -> {
              requireSize(from, file, at + count <= expected);
              local.write(number, at, part, count);
              received.accept(count);
            });
    requireSize(from, file, bytes == expected);
  }

  private static void requireSize(StoreUri from, ManifestFile file, boolean right) {
    if (!right) {
      throw RunFault.userError(
          Reason.CHECKPOINT_INVALID,
          from.child(file.path()) + " is not as long as its metadata says.");
    }
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
