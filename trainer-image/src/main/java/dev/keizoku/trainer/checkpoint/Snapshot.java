package dev.keizoku.trainer.checkpoint;

import dev.keizoku.trainer.checkpoint.CheckpointMetadata.RankFile;
import dev.keizoku.trainer.checkpoint.CheckpointMetadata.Unit;
import dev.keizoku.trainer.parallel.DataParallelTrainer;
import dev.keizoku.trainer.parallel.RankState;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the files of the local copy hold.
 *
 * @param progress where the run was
 * @param units the model's
 * @param slices what each rank's file holds; which file that is in the store may not be said yet
 */
record Snapshot(SavedProgress progress, List<Unit> units, List<RankFile> slices) {
  /** Values, first and second moments. */
  static final int KINDS = 3;

  /** What is to be copied of the ranks as they are now. */
  static Snapshot of(DataParallelTrainer trainer, SavedProgress progress) {
    return new Snapshot(
        progress,
        trainer.layout().units().stream().map(u -> new Unit(u.name(), u.elements())).toList(),
        IntStream.range(0, trainer.stateHolders())
            .mapToObj(rank -> slices(trainer.state(rank)))
            .toList());
  }

  private static RankFile slices(RankState state) {
    return new RankFile(
        null,
        IntStream.range(0, state.units()).mapToObj(state::start).toList(),
        IntStream.range(0, state.units()).mapToObj(state::elements).toList());
  }

  /** Bytes of each rank's file. */
  List<Long> sizes() {
    return slices.stream()
        .map(rank -> Float.BYTES * elements(rank, rank.lengths().size()))
        .toList();
  }

  /** Bytes of all files. */
  long bytes() {
    return sizes().stream().mapToLong(Long::longValue).sum();
  }

  /** Elements of a rank's file before a unit's. */
  static long elements(RankFile rank, int unit) {
    return KINDS * rank.lengths().subList(0, unit).stream().mapToLong(Long::longValue).sum();
  }
}
