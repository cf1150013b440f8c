package dev.keizoku.trainer.checkpoint;

import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.trainer.parallel.DataParallelTrainer;
import dev.keizoku.trainer.report.MetricsLog;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of a run, {@code <folder>/step-00000100/}. Saving copies the state while the
 * ranks wait, and uploads the copy while they go on, also while the store is away; where they do
 * not go on, it needs no copy. There is one copy: a checkpoint that is due while the one before is
 * still on its way is left out. The copy stays until the next one, and what it holds is restored
 * without the store.
 */
public final class Checkpoints implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private final CheckpointFolder folder;
  private final CheckpointWriter writer;
  private final CheckpointReader reader;
  private final Retention retention;
  private final Listener listener;
  private final BackgroundUpload uploads = new BackgroundUpload(PATIENCE);
  private final AtomicLong sent = new AtomicLong();
  private final LocalCopy local;
  // What the local copy holds; null for nothing.
  private Snapshot held;

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

    /**
     * Bytes begin to move while the ranks wait.
     *
     * @param stage {@code upload} and {@code restore}, to and from the store; {@code copy}, to and
     *     from the local copy
     * @param bytes how many there are
     * @return to be called as they move, with how many more; from any thread
     */
    LongConsumer moves(String stage, long bytes);
  }

  /**
   * @param folder URI of all checkpoints of the run
   * @param run digest of what makes the run's numbers
   * @param retention which ones are kept
   * @param local where the copy is made; closed with this
   */
  public Checkpoints(
      ObjectStore store,
      StoreUri folder,
      String run,
      Retention retention,
      LocalCopy local,
      Listener listener) {
    this.folder = new CheckpointFolder(store, folder);
    this.local = local;
    this.writer = new CheckpointWriter(this.folder, run);
    this.reader = new CheckpointReader(this.folder, run, local);
    this.retention = retention;
    this.listener = listener;
  }

  /**
   * Whether there may be a checkpoint now: the one before is complete. Waits a little for it.
   *
   * @throws RunFault what kept the one before from being complete
   */
  public boolean isReady() {
    return uploads.isFree();
  }

  /**
   * Begins a checkpoint, when there {@linkplain #isReady may be one}; on return the ranks may
   * change their state.
   *
   * @param progress of which nobody changes anything any more
   */
  public void save(DataParallelTrainer trainer, SavedProgress progress) {
    var snapshot = Snapshot.of(trainer, progress);
    held = null;
    local.make(snapshot.sizes());
    var files = new CheckpointFiles(snapshot, local);
    var moves = listener.moves("copy", snapshot.bytes());
    trainer.onStates(
        (rank, state) -> {
          files.write(rank, state, moves);
          return rank;
        });
    held = snapshot;
    sent.set(0);
    uploads.begin(
        CheckpointFolder.name(progress.step()), () -> upload(snapshot, local, sent::addAndGet));
  }

  /**
   * Makes a checkpoint of ranks that have nothing else to do until it is complete: state in host
   * memory is sent from where it lies.
   *
   * @param progress as for {@link #save}
   * @throws RunFault what kept this one or the one before from being complete
   */
  public void saveIdle(DataParallelTrainer trainer, SavedProgress progress) {
    await();
    if (IdleState.isReadable(trainer)) {
      var snapshot = Snapshot.of(trainer, progress);
      var moves = listener.moves("upload", snapshot.bytes());
      upload(snapshot, IdleState.of(trainer), moves);
    } else {
      save(trainer, progress);
      await();
    }
  }

  private void upload(Snapshot snapshot, FileBytes bytes, LongConsumer moved) {
    writer.upload(snapshot, bytes, moved);
    var step = snapshot.progress().step();
    listener.committed(step);
    LOG.info("Checkpoint of step {} is complete", step);
    // Only one upload is ever under way: whatever else is not complete is of an earlier attempt.
    // Later steps are of a line that was given up: damaged, or before a roll-back.
    var line = folder.complete().stream().filter(there -> there <= step).toList();
    folder.prune(retention.kept(line, snapshot.progress().logs().metrics()));
  }

  /**
   * Waits until the last {@link #save} is complete.
   *
   * @throws RunFault what kept it from it
   */
  public void await() {
    LongConsumer moves = uploads.isWorking() ? listener.moves("upload", held.bytes()) : bytes -> {};
    uploads.await(
        () -> {
          var more = sent.getAndSet(0);
          // An upload that hangs must look like one.
          if (more > 0) {
            moves.accept(more);
          }
        });
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
      return Optional.of(bringBack(trainer, step));
    } catch (RunFault e) {
      if (!e.damage()) {
        throw e;
      }
      passOver(step, e.getMessage());
      return Optional.empty();
    }
  }

  private SavedProgress bringBack(DataParallelTrainer trainer, long step) {
    if (held == null || held.progress().step() != step) {
      // The copy's bytes are needed by nobody once it is in the store.
      await();
      held = null;
      held = reader.fetch(trainer, step, bytes -> listener.moves("restore", bytes));
    } else {
      LOG.info("The checkpoint of step {} is still here", step);
    }
    var files = new CheckpointFiles(held, local);
    var copies = trainer.size() / trainer.stateHolders();
    var moves = listener.moves("copy", copies * held.bytes());
    // Its log has a line for every update, also in checkpoints of older programs.
    trainer.restore(
        state -> files.restore(state, moves), held.progress().logs().metrics().steps().size());
    return held.progress();
  }

  /** Gives up the local copy; what is still on its way ends there. */
  @Override
  public void close() {
    local.close();
  }

  private void passOver(long step, String why) {
    LOG.warn("Passing over the checkpoint of step {}: {}", step, why);
    listener.passedOver(step, why);
  }
}
