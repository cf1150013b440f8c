package dev.keizoku.trainer.checkpoint;

import dev.keizoku.storage.ManifestFile;
import dev.keizoku.trainer.guard.GuardState;
import java.util.List;

/**
 * {@code metadata.json}: what a checkpoint's files hold. Its presence means that all are there.
 *
 * @param formatVersion 1
 * @param run digest of what makes the run's numbers; another run must not go on from here
 * @param step optimizer steps done
 * @param guards what the guards remember
 * @param units the model's units in forward order
 * @param ranks what each rank's file holds
 * @param metrics the log up to here
 * @param samples the sample texts up to here; null in checkpoints of older programs
 */
record CheckpointMetadata(
    int formatVersion,
    String run,
    long step,
    GuardState guards,
    List<Unit> units,
    List<RankFile> ranks,
    ManifestFile metrics,
    ManifestFile samples) {
  static final int FORMAT_VERSION = 1;
  static final String FILE_NAME = "metadata.json";

  /**
   * A unit of the model.
   *
   * @param name for instance {@code layers.3}
   * @param elements of its flat buffer
   */
  record Unit(String name, long elements) {}

  /**
   * One rank's file: little-endian fp32; for each unit the values, the first and the second moments
   * of its slice.
   *
   * @param file the file
   * @param starts first element of each unit's slice
   * @param lengths elements of each unit's slice
   */
  record RankFile(ManifestFile file, List<Long> starts, List<Long> lengths) {}
}
