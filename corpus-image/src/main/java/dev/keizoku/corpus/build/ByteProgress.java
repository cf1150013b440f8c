package dev.keizoku.corpus.build;

import dev.keizoku.corpus.read.InputStaging;
import dev.keizoku.program.RunContext;
import java.util.function.LongConsumer;

/**
 * Steps the board by the bytes of the inputs, so that there is an estimate of the time left, and
 * that hours with one large file are not taken for a stall. Safe for use from many threads.
 */
final class ByteProgress implements InputStaging.Progress, LongConsumer {
  private final RunContext context;
  private final String stage;
  private long finished;
  private long unfinished;
  private long total;

  /**
   * @param stage what is done with the bytes
   */
  ByteProgress(RunContext context, String stage) {
    this.context = context;
    this.stage = stage;
  }

  @Override
  public synchronized void begin(long bytes) {
    finished = 0;
    unfinished = 0;
    total = bytes;
    context.progress().begin(stage, "bytes", 0, bytes);
  }

  @Override
  public void staged(long bytes) {
    accept(bytes);
  }

  /** More is done; what an archive unpacks to may be more than it said. */
  @Override
  public synchronized void accept(long bytes) {
    context.stop().check();
    unfinished += bytes;
    var done = Math.min(finished + unfinished, total);
    context.progress().step(done);
    context.progress().count("bytes", done);
  }

  /** A file of so many bytes is done, whatever was told of it. */
  synchronized void finished(long bytes) {
    finished += bytes;
    unfinished = 0;
    context.progress().step(finished);
  }
}
