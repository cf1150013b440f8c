package dev.keizoku.operator.kubeapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.keizoku.contract.result.ProgressReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers {@code GET /progress} on this machine, as the pods with the address 127.0.0.1 would. */
final class FakeProgram implements AutoCloseable {
  private final HttpServer server;
  private volatile byte[] answer;
  private volatile String query;
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicBoolean stalls = new AtomicBoolean();

  FakeProgram() {
    try {
      server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/progress",
        exchange -> {
          asked.incrementAndGet();
          query = exchange.getRequestURI().getQuery();
          if (stalls.getAndSet(false)) {
            exchange.sendResponseHeaders(200, 100);
            return;
          }
          var said = answer;
          var body = said == null ? new byte[0] : said;
          exchange.sendResponseHeaders(
              said == null ? 503 : 200, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  void says(ProgressReport report) {
    try {
      answer = report == null ? null : new ObjectMapper().writeValueAsBytes(report);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Answers that, which may be no report. */
  void answers(String text) {
    asked.set(0);
    answer = text.getBytes(StandardCharsets.UTF_8);
  }

  /** Begins the next answer and never ends it. */
  void stallsOnce() {
    stalls.set(true);
  }

  /** What it was asked last besides its progress; null for nothing. */
  String query() {
    return query;
  }

  /** How often it was asked since it answers so. */
  int asked() {
    return asked.get();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
