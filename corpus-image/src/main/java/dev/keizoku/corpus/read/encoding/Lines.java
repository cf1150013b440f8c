package dev.keizoku.corpus.read.encoding;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;

/**
 * Lines of bytes, so that a wrong byte spoils its own line only and a line without end does not
 * fill the memory.
 */
public final class Lines {
  private static final int BUFFER_BYTES = 1 << 16;

  private final InputStream in;
  private final byte[] feed;
  private final int maxBytes;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int at;
  private int end;
  private boolean tooLong;

  /**
   * @param charset says how a line feed is written: in one byte, or in two or four aligned ones
   * @param maxBytes longest line that is given
   */
  public Lines(InputStream in, Charset charset, int maxBytes) {
    this.in = in;
    this.feed = "\n".getBytes(charset);
    this.maxBytes = maxBytes;
  }

  /** The next line without its feed, empty when it is {@link #tooLong}; null at the end. */
  public byte[] next() throws IOException {
    line.reset();
    tooLong = false;
    boolean begun = false;
    while (fill()) {
      begun = true;
      int stop = feed();
      append(stop - at);
      at = Math.min(end, stop + feed.length);
      if (stop < end) {
        return line.toByteArray();
      }
    }
    return begun ? line.toByteArray() : null;
  }

  /** Whether the last line was longer than what is given. */
  public boolean tooLong() {
    return tooLong;
  }

  /** Makes sure of a byte; false at the end. */
  private boolean fill() throws IOException {
    if (at == end) {
      // As much as fits, so that feeds of several bytes stay aligned.
      end = in.readNBytes(buffer, 0, BUFFER_BYTES);
      at = 0;
    }
    return at < end;
  }

  /** Where the next line feed is in the buffer, or its end. */
  private int feed() {
    for (int i = at; i <= end - feed.length; i += feed.length) {
      if (isFeed(i)) {
        return i;
      }
    }
    return end;
  }

  private boolean isFeed(int i) {
    for (int j = 0; j < feed.length; j++) {
      if (buffer[i + j] != feed[j]) {
        return false;
      }
    }
    return true;
  }

  private void append(int length) {
    tooLong |= length > maxBytes - line.size();
    if (tooLong) {
      line.reset();
    } else {
      line.write(buffer, at, length);
    }
  }
}
