package dev.keizoku.trainer.checkpoint;

import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Where a run's checkpoints lie, {@code step-00000100/} each: which there are, and which go. */
final class CheckpointFolder {
  private static final int MOST_RANKS = 64;
  private static final Pattern FILE = Pattern.compile("step-(\\d{1,18})/(.+)");

  private final ObjectStore store;
  private final StoreUri folder;

  CheckpointFolder(ObjectStore store, StoreUri folder) {
    this.store = store;
    this.folder = folder;
  }

  ObjectStore store() {
    return store;
  }

  /** The name of a step's checkpoint. */
  static String name(long step) {
    return "step-%08d".formatted(step);
  }

  /** The folder of a step's checkpoint. */
  StoreUri of(long step) {
    return folder.child(name(step));
  }

  /** Steps whose checkpoint is all there, newest first. */
  List<Long> complete() {
    var there = there();
    return there.keySet().stream().filter(there::get).toList();
  }

  /**
   * Steps of which there is anything, newest first; true where the metadata says that all is there.
   */
  NavigableMap<Long, Boolean> there() {
    var steps = new TreeMap<Long, Boolean>(Comparator.reverseOrder());
    for (var info : store.list(folder)) {
      var file = FILE.matcher(folder.relativize(info.uri()));
      if (file.matches()) {
        var whole = file.group(2).equals(CheckpointMetadata.FILE_NAME);
        steps.merge(Long.valueOf(file.group(1)), whole, Boolean::logicalOr);
      }
    }
    return steps;
  }

  /** The name of a rank's file in a checkpoint. */
  static String fileName(int rank) {
    return "rank-%d.bin".formatted(rank);
  }

  /** Deletes all checkpoints but those, also what an earlier attempt could not finish. */
  void prune(Collection<Long> kept) {
    for (var found : there().entrySet()) {
      if (!kept.contains(found.getKey())) {
        delete(found.getKey(), found.getValue());
      }
    }
  }

  /** Deletes whatever there is of a step. */
  void remove(long step) {
    var files = store.list(of(step));
    if (!files.isEmpty()) {
      delete(
          step, files.stream().anyMatch(f -> f.uri().name().equals(CheckpointMetadata.FILE_NAME)));
    }
  }

  private void delete(long step, boolean whole) {
    var from = of(step);
    // The metadata goes first, so that what is left of it is never taken for a checkpoint.
    store.delete(from.child(CheckpointMetadata.FILE_NAME));
    if (!whole) {
      // Whoever was killed had perhaps more ranks than this run has.
      for (var rank = 0; rank < MOST_RANKS; rank++) {
        store.dropUnfinished(from.child(fileName(rank)));
      }
    }
    store.deleteFolder(from);
  }
}
