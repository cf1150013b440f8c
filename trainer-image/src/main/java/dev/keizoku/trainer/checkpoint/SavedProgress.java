package dev.keizoku.trainer.checkpoint;

import dev.keizoku.trainer.guard.GuardState;
import dev.keizoku.trainer.report.RunLogs;

/**
 * What a run needs beside the ranks' state to go on.
 *
 * @param step optimizer steps done
 * @param guards what the guards remember
 * @param logs what the run has written down up to here
 */
public record SavedProgress(long step, GuardState guards, RunLogs logs) {}
