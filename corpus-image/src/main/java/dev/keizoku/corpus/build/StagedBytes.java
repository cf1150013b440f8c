package dev.keizoku.corpus.build;

import dev.keizoku.corpus.read.InputStaging;
import dev.keizoku.program.RunContext;

/**
 * Steps the board by the bytes that are staged, so that hours of staging are not taken for a stall.
 * Safe for use from many threads.
 */
final class StagedBytes implements InputStaging.Progress {
  private final RunContext context;
  private long done;

  StagedBytes(RunContext context) {
    this.context = context;
  }

  @Override
  public void begin(long bytes) {
    context.progress().begin("stage", "bytes", 0, bytes);
  }

  @Override
  public synchronized void staged(long bytes) {
    context.stop().check();
    done += bytes;
    context.progress().step(done);
  }
}
