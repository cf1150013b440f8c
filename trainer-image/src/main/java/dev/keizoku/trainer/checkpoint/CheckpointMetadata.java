package dev.keizoku.trainer.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.bytes.Json;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.storage.artifact.ManifestFile;
import dev.keizoku.trainer.guard.GuardState;
import java.util.List;
import java.util.Objects;

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
 * @param timings when and how fast, up to here; null in checkpoints of older programs
 */
record CheckpointMetadata(
    int formatVersion,
    String run,
    long step,
    GuardState guards,
    List<Unit> units,
    List<RankFile> ranks,
    ManifestFile metrics,
    ManifestFile samples,
    ManifestFile timings) {
  static final int FORMAT_VERSION = 1;
  static final String FILE_NAME = "metadata.json";
  private static final String DIGEST = "sha256";

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

  /** The file's content; {@code sha256} in it is the digest of all the rest. */
  byte[] bytes() {
    var tree = (ObjectNode) Json.tree(this);
    return Json.bytes(tree.put(DIGEST, Digests.sha256(Json.bytes(tree))));
  }

  /**
   * Reads what {@link #bytes} wrote; older programs wrote no digest, then only what must be there
   * is looked for.
   *
   * @param uri where it is from, for the message
   * @throws RunFault user error {@code CheckpointInvalid} or {@code InvalidJson}
   */
  static CheckpointMetadata read(byte[] bytes, String uri) {
    var tree = Json.read(bytes, ObjectNode.class, uri);
    var digest = tree.remove(DIGEST);
    var rest = Json.bytes(tree);
    if (digest != null && !digest.asText().equals(Digests.sha256(rest))) {
      throw RunFault.userError(Reason.CHECKPOINT_INVALID, uri + " is damaged.");
    }
    var metadata = Json.read(rest, CheckpointMetadata.class, uri);
    if (!metadata.isWhole()) {
      throw RunFault.userError(Reason.CHECKPOINT_INVALID, uri + " is not whole.");
    }
    return metadata;
  }

  private boolean isWhole() {
    return formatVersion == FORMAT_VERSION
        && run != null
        && guards != null
        && guards.nonFinite() != null
        && guards.spike() != null
        && guards.forgetting() != null
        && units != null
        && units.stream().allMatch(Objects::nonNull)
        && ranks != null
        && !ranks.isEmpty()
        && ranks.stream().allMatch(this::isWhole)
        && isFile(metrics)
        && (samples == null || isFile(samples))
        && (timings == null || isFile(timings));
  }

  private boolean isWhole(RankFile rank) {
    return rank != null && isFile(rank.file) && isOfUnits(rank.starts) && isOfUnits(rank.lengths);
  }

  private boolean isOfUnits(List<Long> values) {
    return values != null
        && values.size() == units.size()
        && values.stream().allMatch(Objects::nonNull);
  }

  private static boolean isFile(ManifestFile file) {
    return file != null && file.path() != null && file.sha256() != null;
  }
}
