package dev.keizoku.storage.hub;

import dev.keizoku.storage.StoreUri;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Gives the last byte of a hub's file only when the digest of all is right. */
final class HubDigestStream extends InputStream {
  private final InputStream in;
  private final StoreUri uri;
  private final HubFile file;
  private final MessageDigest digest;
  private long position;
  private boolean verified;

  /**
   * @param digest of the bytes before {@code start}
   */
  HubDigestStream(InputStream in, StoreUri uri, HubFile file, MessageDigest digest, long start) {
    this.in = in;
    this.uri = uri;
    this.file = file;
    this.digest = digest;
    position = start;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    var count = in.read(buffer, offset, length);
    if (count > 0) {
      digest.update(buffer, offset, count);
      position += count;
    }
    if (position == file.bytes()) {
      verify();
    }
    return count;
  }

  private void verify() {
    if (!verified) {
      verified = true;
      if (!HexFormat.of().formatHex(digest.digest()).equals(file.etag())) {
        throw HubFaults.damaged(uri);
      }
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
