package dev.keizoku.trainer.stage;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.program.ProgressBoard;
import dev.keizoku.trainer.checkpoint.Checkpoints;
import java.util.function.LongConsumer;

/**
 * Tells people what becomes of checkpoints.
 *
 * @param progress where it is told
 */
public record CheckpointNews(ProgressBoard progress) implements Checkpoints.Listener {
  @Override
  public void committed(long step) {
    progress.checkpoint(step);
  }

  @Override
  public void passedOver(long step, String why) {
    progress.notice(
        Reason.CHECKPOINT_SKIPPED,
        "The checkpoint of step %d cannot be used, the one before is tried: %s"
            .formatted(step, why));
  }

  @Override
  public LongConsumer moves(String stage, long bytes) {
    progress.begin(stage, "bytes", 0, bytes);
    return progress::add;
  }
}
