package dev.keizoku.storage.open;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** Tells how much of an input is read. */
public final class CountedStream extends FilterInputStream {
  private final LongConsumer read;

  /**
   * @param read called with how many bytes were read or skipped since the last call, also with none
   */
  public CountedStream(InputStream in, LongConsumer read) {
    super(in);
    this.read = read;
  }

  @Override
  public int read() throws IOException {
    int one = super.read();
    read.accept(one < 0 ? 0 : 1);
    return one;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int n = super.read(buffer, offset, length);
    read.accept(Math.max(n, 0));
    return n;
  }

  @Override
  public long skip(long bytes) throws IOException {
    long skipped = super.skip(bytes);
    read.accept(skipped);
    return skipped;
  }
}
