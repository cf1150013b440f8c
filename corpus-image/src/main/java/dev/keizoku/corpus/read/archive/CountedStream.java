package dev.keizoku.corpus.read.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** Tells how much of an input is read. */
final class CountedStream extends FilterInputStream {
  private final double ratio;
  private final LongConsumer read;

  /**
   * @param ratio stored bytes a byte of this stream; 0 for bytes that were counted already, which
   *     are told as a sign of life
   */
  CountedStream(InputStream in, double ratio, LongConsumer read) {
    super(in);
    this.ratio = ratio;
    this.read = read;
  }

  @Override
  public int read() throws IOException {
    int one = super.read();
    tell(one < 0 ? 0 : 1);
    return one;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int n = super.read(buffer, offset, length);
    tell(Math.max(n, 0));
    return n;
  }

  @Override
  public long skip(long bytes) throws IOException {
    long skipped = super.skip(bytes);
    tell(skipped);
    return skipped;
  }

  private void tell(long bytes) {
    read.accept(Math.round(bytes * ratio));
  }
}
