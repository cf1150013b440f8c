package dev.keizoku.corpus.build;

import dev.keizoku.program.RunContext;
import java.util.function.LongConsumer;

/**
 * Steps the board by the bytes of the inputs that are read, so that there is an estimate of the
 * time left, and that one large file is not taken for a stall. Safe for use from many threads.
 */
final class ReadBytes implements LongConsumer {
  private final RunContext context;
  private long finished;
  private long ofThisFile;
  private long total;

  ReadBytes(RunContext context) {
    this.context = context;
  }

  synchronized void begin(long bytes) {
    total = bytes;
    context.progress().begin("read", "bytes", 0, bytes);
  }

  /** More is read; what an archive unpacks to may be more than it said. */
  @Override
  public synchronized void accept(long bytes) {
    context.stop().check();
    ofThisFile += bytes;
    context.progress().step(Math.min(finished + ofThisFile, total));
  }

  /** A file of so many bytes is read. */
  synchronized void finished(long bytes) {
    finished += bytes;
    ofThisFile = 0;
    context.progress().step(finished);
  }
}
