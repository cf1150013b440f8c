package dev.keizoku.storage.s3;

import dev.keizoku.storage.Retries;
import io.minio.GetObjectResponse;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads an object over connections that may break: each new one goes on where the last ended. */
final class S3Stream extends InputStream {

  /** Opens the object at an offset, only while its entity tag is still the given one. */
  @FunctionalInterface
  interface Opener {
    GetObjectResponse open(String uri, long offset, String etag) throws Exception;
  }

  private final String uri;
  private final Retries retries;
  private final Opener opener;
  private GetObjectResponse response;
  private String etag;
  private long position;
  private long size;

  S3Stream(String uri, Retries retries, Opener opener) {
    this.uri = uri;
    this.retries = retries;
    this.opener = opener;
    // At once, so that a missing object is told where it is opened.
    retries.call("open", uri, this::connect);
  }

  private Void connect() throws Exception {
    response = opener.open(uri, position, etag);
    if (position == 0) {
      etag = response.headers().get("ETag").replace("\"", "");
      size = Long.parseLong(response.headers().get("Content-Length"));
    }
    return null;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (position == size) {
      return -1;
    }
    if (length == 0) {
      return 0;
    }
    int n =
        retries.call(
            "read",
            uri,
            () -> {
              if (response == null) {
                connect();
              }
              try {
                int count = response.read(buffer, offset, length);
                if (count < 0) {
                  throw new EOFException("connection ended at byte " + position);
                }
                return count;
              } catch (IOException e) {
                drop();
                throw e;
              }
            });
    position += n;
    return n;
  }

  private void drop() {
    try {
      response.close();
    } catch (IOException e) {
      // The connection is broken already; the next one takes over.
    }
    response = null;
  }

  @Override
  public void close() {
    if (response != null) {
      drop();
    }
  }
}
