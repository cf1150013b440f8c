package dev.keizoku.storage;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.result.Artifact;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.function.LongConsumer;

/**
 * An object on its way into the store: written as a stream, visible after {@link #commit}, gone
 * without a trace when closed before it.
 *
 * <pre>{@code
 * try (var upload = store.create(uri)) {
 *   upload.write(bytes);
 *   var artifact = upload.commit();
 * }
 * }</pre>
 */
public abstract class ObjectUpload extends OutputStream {
  private final StoreUri uri;
  private final MessageDigest digest = Digests.sha256();
  private long bytes;
  private boolean ended;
  private LongConsumer sent = count -> {};

  /** Begins the upload of an object to {@code uri}. */
  protected ObjectUpload(StoreUri uri) {
    this.uri = uri;
  }

  /**
   * The same upload, which tells how it goes on.
   *
   * @param each called with how many bytes went since the last call
   */
  public final ObjectUpload telling(LongConsumer each) {
    sent = sent.andThen(each);
    return this;
  }

  /** Takes bytes on their way; the digest and the count are kept by the caller. */
  protected abstract void accept(byte[] buffer, int offset, int length);

  /** Makes the object visible. */
  protected abstract void complete();

  /** Drops what was sent. Must not throw: it runs while another fault is on its way. */
  protected abstract void abort();

  @Override
  public final void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public final void write(byte[] buffer) {
    write(buffer, 0, buffer.length);
  }

  @Override
  public final void write(byte[] buffer, int offset, int length) {
    if (ended) {
      throw new IllegalStateException("the upload of " + uri + " has ended");
    }
    digest.update(buffer, offset, length);
    bytes += length;
    accept(buffer, offset, length);
    sent.accept(length);
  }

  /**
   * Makes the object visible.
   *
   * @return where it is, its sha256 and its size
   */
  public final Artifact commit() {
    if (ended) {
      throw new IllegalStateException("the upload of " + uri + " has ended");
    }
    complete();
    ended = true;
    return new Artifact(uri.toString(), Digests.hex(digest), bytes);
  }

  /** Bytes written so far. */
  public final long bytes() {
    return bytes;
  }

  @Override
  public final void close() {
    if (!ended) {
      ended = true;
      abort();
    }
  }
}
