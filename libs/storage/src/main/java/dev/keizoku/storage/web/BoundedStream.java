package dev.keizoku.storage.web;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.storage.StoreUri;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A file of unknown size, up to a bound; a connection that breaks is told as one to repeat. */
final class BoundedStream extends FilterInputStream {
  private final StoreUri uri;
  private long left = WebStore.MOST_UNSIZED_BYTES;

  BoundedStream(InputStream in, StoreUri uri) {
    super(in);
    this.uri = uri;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    try {
      int n = in.read(buffer, offset, length);
      left -= Math.max(0, n);
      if (left < 0) {
        throw RunFault.userError(
            Reason.OBJECT_TOO_LARGE,
            "%s has more than %d MiB and its server tells no size; copy it to s3:// first."
                .formatted(uri, WebStore.MOST_UNSIZED_BYTES >> 20));
      }
      return n;
    } catch (IOException e) {
      throw RunFault.tryAgain(
          Reason.STORAGE_UNAVAILABLE, "The connection for " + uri + " broke; it is read anew.", e);
    }
  }
}
