package dev.keizoku.storage.hub;

import dev.keizoku.storage.Retries;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Reads a file of a hub over connections that may break: each new one goes on where the last ended.
 * The last byte is given only when the digest of all is right.
 */
final class HubStream extends InputStream {

  /** Opens the file at an offset. */
  @FunctionalInterface
  interface Opener {
    InputStream open(long offset) throws Exception;
  }

  private final String uri;
  private final HubFile file;
  private final Retries retries;
  private final Opener opener;
  private final MessageDigest digest;
  private InputStream body;
  private long position;
  private boolean verified;

  /**
   * @param digest of the bytes before {@code position}; null when nothing can be checked
   */
  HubStream(
      String uri, HubFile file, Retries retries, Opener opener, MessageDigest digest, long start) {
    this.uri = uri;
    this.file = file;
    this.retries = retries;
    this.opener = opener;
    this.digest = digest;
    position = start;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    if (position == file.bytes()) {
      verify();
      return -1;
    }
    if (length == 0) {
      return 0;
    }
    var wanted = (int) Math.min(length, file.bytes() - position);
    int count = retries.call("read", uri, () -> attempt(buffer, offset, wanted));
    if (digest != null) {
      digest.update(buffer, offset, count);
    }
    position += count;
    if (position == file.bytes()) {
      verify();
    }
    return count;
  }

  private int attempt(byte[] buffer, int offset, int length) throws Exception {
    if (body == null) {
      body = opener.open(position);
    }
    try {
      var count = body.read(buffer, offset, length);
      if (count < 0) {
        throw new EOFException("connection ended at byte " + position);
      }
      return count;
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private void verify() {
    if (digest != null && !verified) {
      verified = true;
      if (!HexFormat.of().formatHex(digest.digest()).equals(file.etag())) {
        throw HubFaults.damaged(uri);
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (body != null) {
      body.close();
      body = null;
    }
  }
}
