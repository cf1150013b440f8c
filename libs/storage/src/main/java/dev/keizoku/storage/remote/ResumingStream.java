package dev.keizoku.storage.remote;

import dev.keizoku.storage.StoreUri;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads an object over connections that may break: each new one goes on where the last ended. What
 * an opener throws, and what it needs to see that the object is still the same, is the store's
 * affair.
 */
public final class ResumingStream extends InputStream {

  /** Opens the object at an offset. */
  @FunctionalInterface
  public interface Opener {
    /** The bytes from {@code offset} on. */
    Rest open(long offset) throws Exception;
  }

  /**
   * What a connection gives.
   *
   * @param bytes from the offset that was asked for
   * @param size of the whole object, in bytes
   */
  public record Rest(InputStream bytes, long size) {}

  private final StoreUri uri;
  private final Retries retries;
  private final Opener opener;
  private InputStream connection;
  private long position;
  private long size;

  private ResumingStream(StoreUri uri, Retries retries, Opener opener) {
    this.uri = uri;
    this.retries = retries;
    this.opener = opener;
  }

  /** Connects at once, so that a missing object is told where it is opened. */
  public static ResumingStream open(StoreUri uri, Retries retries, Opener opener) {
    var stream = new ResumingStream(uri, retries, opener);
    stream.size = retries.call("open", uri, stream::connect);
    return stream;
  }

  /**
   * The part from {@code start} on of an object whose size is known; connects when it is read.
   *
   * @param start first byte, from 0 to {@code size}
   * @param size of the whole object, in bytes
   */
  public static ResumingStream of(
      StoreUri uri, Retries retries, Opener opener, long start, long size) {
    var stream = new ResumingStream(uri, retries, opener);
    stream.position = start;
    stream.size = size;
    return stream;
  }

  private long connect() throws Exception {
    var rest = opener.open(position);
    connection = rest.bytes();
    return rest.size();
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    if (position == size) {
      return -1;
    }
    if (length == 0) {
      return 0;
    }
    var wanted = (int) Math.min(length, size - position);
    int count = retries.call("read", uri, () -> attempt(buffer, offset, wanted));
    position += count;
    return count;
  }

  private int attempt(byte[] buffer, int offset, int length) throws Exception {
    if (connection == null) {
      connect();
    }
    try {
      var count = connection.read(buffer, offset, length);
      if (count < 0) {
        throw new EOFException("connection ended at byte " + position + " of " + size);
      }
      return count;
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  @Override
  public void close() {
    if (connection != null) {
      try {
        connection.close();
      } catch (IOException e) {
        // It is broken already, or nobody needs it any more.
      }
      connection = null;
    }
  }
}
