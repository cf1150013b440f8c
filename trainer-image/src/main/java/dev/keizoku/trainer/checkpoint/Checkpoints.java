package dev.keizoku.trainer.checkpoint;

import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.trainer.parallel.DataParallelTrainer;
import dev.keizoku.trainer.report.MetricsLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of a run, {@code <folder>/step-00000100/}. Saving copies the state to the local
 * disk while the ranks wait and uploads it while they go on, also while the store is away.
 */
public final class Checkpoints {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private final CheckpointFolder folder;
  private final CheckpointWriter writer;
  private final CheckpointReader reader;
  private final Retention retention;
  private final Listener listener;
  private final UploadQueue uploads = new UploadQueue(PATIENCE);

  /** Is told what becomes of checkpoints. */
  public interface Listener {
    /** The checkpoint of a step is complete; from another thread. */
    void committed(long step);

    /**
     * A checkpoint cannot be used, and the one before it is tried.
     *
     * @param why end of a sentence
     */
    void passedOver(long step, String why);
  }

  /**
   * @param folder URI of all checkpoints of the run
   * @param run digest of what makes the run's numbers
   * @param retention which ones are kept
   * @param scratch an empty local folder
   */
  public Checkpoints(
      ObjectStore store,
      StoreUri folder,
      String run,
      Retention retention,
      Path scratch,
      Listener listener) {
    this.folder = new CheckpointFolder(store, folder);
    this.writer = new CheckpointWriter(this.folder, run, scratch);
    this.reader = new CheckpointReader(this.folder, run, scratch);
    this.retention = retention;
    this.listener = listener;
  }

  /**
   * Begins a checkpoint; on return the ranks may change their state.
   *
   * @param progress of which nobody changes anything any more
   */
  public void save(DataParallelTrainer trainer, SavedProgress progress) {
    uploads.makeRoom();
    var snapshot = writer.copy(trainer, progress);
    uploads.add(
        new UploadQueue.Snapshot(
            CheckpointFolder.name(progress.step()), () -> upload(snapshot), snapshot::drop));
  }

  private void upload(CheckpointWriter.Snapshot snapshot) {
    writer.upload(snapshot);
    var step = snapshot.progress().step();
    listener.committed(step);
    LOG.info("Checkpoint of step {} is complete", step);
    // Only one upload is ever under way: whatever else is not complete is of an earlier attempt.
    folder.prune(retention.kept(folder.complete(), snapshot.progress().logs().metrics()));
  }

  /**
   * Waits until the last {@link #save} is complete.
   *
   * @throws RunFault what kept it from it
   */
  public void await() {
    uploads.await();
  }

  /**
   * Restores the newest checkpoint that is whole; one that is not is passed over.
   *
   * @param before only checkpoints of less than so many steps
   * @return where it was, or empty when there is none: then nothing was changed
   * @throws RunFault user error {@code OutputOfAnotherRun} when the newest is of another run
   */
  public Optional<SavedProgress> restore(DataParallelTrainer trainer, long before) {
    for (var found : folder.there().tailMap(before, false).entrySet()) {
      if (!found.getValue()) {
        passOver(found.getKey(), "its upload was not finished.");
        continue;
      }
      var restored = restoreIfWhole(trainer, found.getKey());
      if (restored.isPresent()) {
        return restored;
      }
    }
    return Optional.empty();
  }

  /**
   * Restores the checkpoint of the lowest perplexity, by the set that decides which are kept; one
   * that is damaged is passed over.
   *
   * @param now the step whose state the ranks have; when it is the best, nothing is changed
   * @return the step whose state they have then; {@code now} too when no checkpoint was measured
   */
  public long restoreBest(DataParallelTrainer trainer, MetricsLog metrics, long now) {
    for (var step : retention.bestFirst(folder.complete(), metrics)) {
      if (step == now || restoreIfWhole(trainer, step).isPresent()) {
        return step;
      }
    }
    return now;
  }

  private Optional<SavedProgress> restoreIfWhole(DataParallelTrainer trainer, long step) {
    try {
      return Optional.of(reader.restore(trainer, step));
    } catch (RunFault e) {
      if (!e.damage()) {
        throw e;
      }
      passOver(step, e.getMessage());
      return Optional.empty();
    }
  }

  private void passOver(long step, String why) {
    LOG.warn("Passing over the checkpoint of step {}: {}", step, why);
    listener.passedOver(step, why);
  }
}
