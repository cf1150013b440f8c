package dev.keizoku.trainer.stage;

import dev.keizoku.program.ProgressBoard;
import dev.keizoku.trainer.checkpoint.Checkpoints;
import dev.keizoku.trainer.checkpoint.SavedProgress;
import dev.keizoku.trainer.guard.GuardState;
import dev.keizoku.trainer.parallel.DataParallelTrainer;
import dev.keizoku.trainer.report.RunLogs;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Saves checkpoints, and tells how long the devices waited for each. */
public final class CheckpointSaving {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointSaving.class);

  private final Checkpoints checkpoints;
  private final DataParallelTrainer trainer;
  private final Throughput throughput;
  private final ProgressBoard progress;
  private long savedStep = -1;

  /**
   * @param progress where waits are told
   */
  public CheckpointSaving(
      Checkpoints checkpoints,
      DataParallelTrainer trainer,
      Throughput throughput,
      ProgressBoard progress) {
    this.checkpoints = checkpoints;
    this.trainer = trainer;
    this.throughput = throughput;
    this.progress = progress;
  }

  /** Whether the newest checkpoint of this attempt is of that step. */
  public boolean has(long step) {
    return savedStep == step;
  }

  /** The run goes on from the checkpoint of that step. */
  public void restored(long step) {
    savedStep = step;
  }

  /**
   * Saves.
   *
   * @param needed whether there has to be one; else it is left out while the one before is still on
   *     its way
   */
  public void save(long step, GuardState guards, RunLogs logs, boolean needed) {
    throughput.waits();
    if (needed) {
      checkpoints.await();
    }
    if (!checkpoints.isReady()) {
      LOG.warn(
          "No checkpoint of step {}: that of step {} is still on its way; the store is slow or away",
          step,
          savedStep);
      return;
    }
    throughput.saved(step);
    checkpoints.save(trainer, new SavedProgress(step, guards, logs.copy()));
    savedStep = step;
    tell(throughput.goesOn(step));
  }

  /** Saves what is not trained on any more, and waits until that is complete. */
  public void saveLast(long step, GuardState guards, RunLogs logs) {
    throughput.saved(step);
    checkpoints.saveIdle(trainer, new SavedProgress(step, guards, logs.copy()));
    savedStep = step;
  }

  private void tell(Throughput.Wait wait) {
    progress.metric("checkpointWaitSeconds", wait.seconds());
    progress.metric("checkpointWaitPercent", wait.percent());
    LOG.info(
        "The devices waited {} s for the checkpoint of step {}, {} % of the time since the one before",
        format(wait.seconds()), savedStep, format(wait.percent()));
  }

  private static String format(double number) {
    return String.format(Locale.ROOT, "%.2f", number);
  }
}
