package dev.keizoku.trainer.checkpoint;

import dev.keizoku.storage.artifact.ArtifactFolder;
import dev.keizoku.trainer.parallel.DataParallelTrainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Writes a checkpoint: first onto the local disk, then, when there is time, into the store. */
final class CheckpointWriter {
  private final CheckpointFolder folder;
  private final String run;
  private final Path scratch;

  /**
   * @param run digest of what makes the run's numbers
   * @param scratch a local folder
   */
  CheckpointWriter(CheckpointFolder folder, String run, Path scratch) {
    this.folder = folder;
    this.run = run;
    this.scratch = scratch;
  }

  /**
   * A checkpoint on the local disk.
   *
   * @param local its folder, a file a rank
   * @param units the model's units
   * @param slices what each file holds; the files themselves are not in the store yet
   */
  record Snapshot(
      SavedProgress progress,
      Path local,
      List<CheckpointMetadata.Unit> units,
      List<CheckpointMetadata.RankFile> slices) {

    void drop() {
      LocalFolder.remove(local);
    }
  }

  /** Copies the ranks' state; on return they may change it. */
  Snapshot copy(DataParallelTrainer trainer, SavedProgress progress) {
    var local = LocalFolder.create(scratch.resolve(CheckpointFolder.name(progress.step())));
    var slices =
        trainer.onStates(
            (rank, state) -> {
              RankFileWriter.write(state, local.resolve(fileName(rank)));
              var units = IntStream.range(0, state.units()).boxed();
              return new CheckpointMetadata.RankFile(
                  null,
                  units.map(state::start).toList(),
                  IntStream.range(0, state.units()).mapToObj(state::elements).toList());
            });
    var units =
        trainer.layout().units().stream()
            .map(unit -> new CheckpointMetadata.Unit(unit.name(), unit.elements()))
            .toList();
    return new Snapshot(progress, local, units, slices.subList(0, trainer.stateHolders()));
  }

  private static String fileName(int rank) {
    return "rank-%d.bin".formatted(rank);
  }

  /** Puts it into the store, the metadata last, and removes it from the disk. */
  void upload(Snapshot snapshot) {
    var progress = snapshot.progress();
    var target = new ArtifactFolder(folder.store(), folder.of(progress.step()));
    var files = new ArrayList<CheckpointMetadata.RankFile>();
    for (var rank = 0; rank < snapshot.slices().size(); rank++) {
      var slice = snapshot.slices().get(rank);
      files.add(
          new CheckpointMetadata.RankFile(
              target.upload(fileName(rank), snapshot.local().resolve(fileName(rank))),
              slice.starts(),
              slice.lengths()));
    }
    var metrics = target.put("metrics.jsonl", progress.logs().metrics().bytes());
    var samples = target.put("samples.jsonl", progress.logs().samples().bytes());
    var timings = target.put("timings.jsonl", progress.logs().timings().bytes());
    target.put(
        CheckpointMetadata.FILE_NAME,
        new CheckpointMetadata(
                CheckpointMetadata.FORMAT_VERSION,
                run,
                progress.step(),
                progress.guards(),
                snapshot.units(),
                files,
                metrics,
                samples,
                timings)
            .bytes());
    snapshot.drop();
  }
}
