package dev.keizoku.operator;

import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.vertx.core.Vertx;
import io.vertx.ext.web.client.WebClientOptions;

/**
 * Lets the API server compress its answers, which it does with those above 128 KiB: lists, that is,
 * to a twentieth. What is read at a start is deciphered in Java, bit by bit where only the first
 * compiler is at work, and that took more of the processor than to read it.
 */
public final class CompressedAnswers extends VertxHttpClientFactory {

  /** Clients on that Vert.x, which stays open when they are closed; null for one of their own. */
  public CompressedAnswers(Vertx vertx) {
    super(vertx);
  }

  @Override
  protected void additionalConfig(WebClientOptions options) {
    options.setDecompressionSupported(true);
  }
}
