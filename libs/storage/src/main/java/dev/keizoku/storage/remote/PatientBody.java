package dev.keizoku.storage.remote;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A response's body as a stream that gives up when nothing comes for a while; the JDK's own would
 * wait for ever, since a request's timeout ends with the headers.
 */
final class PatientBody extends InputStream implements BodySubscriber<InputStream> {
  private static final ByteBuffer END = ByteBuffer.allocate(0);

  private final Duration patience;
  private final BlockingQueue<ByteBuffer> chunks = new LinkedBlockingQueue<>();
  private final CompletableFuture<InputStream> started = new CompletableFuture<>();
  private volatile Flow.Subscription subscription;
  private volatile Throwable failure;
  private ByteBuffer current = ByteBuffer.allocate(0);

  /**
   * @param patience how long the connection may be silent
   */
  PatientBody(Duration patience) {
    this.patience = patience;
  }

  @Override
  public CompletionStage<InputStream> getBody() {
    return started;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    this.subscription = subscription;
    subscription.request(1);
    // Not before: a reader needs the subscription.
    started.complete(this);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    chunks.addAll(buffers);
  }

  @Override
  public void onError(Throwable throwable) {
    failure = throwable;
    chunks.add(END);
  }

  @Override
  public void onComplete() {
    chunks.add(END);
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (current != END && !current.hasRemaining()) {
      current = next();
    }
    if (current == END) {
      if (failure != null) {
        throw new IOException("connection ended early", failure);
      }
      return -1;
    }
    var count = Math.min(length, current.remaining());
    current.get(buffer, offset, count);
    return count;
  }

  private ByteBuffer next() throws IOException {
    if (chunks.isEmpty()) {
      subscription.request(1);
    }
    try {
      var chunk = chunks.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (chunk == null) {
        throw new IOException("nothing came for " + patience.toSeconds() + " s");
      }
      return chunk;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped while reading", e);
    }
  }

  @Override
  public void close() {
    subscription.cancel();
  }
}
