package dev.keizoku.program;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves {@code GET /progress} (a ProgressReport as JSON), {@code GET /metrics} (Prometheus text)
 * and {@code GET /healthz} on one port, without credentials: nothing on it is secret and nothing
 * can be changed through it.
 */
public final class ProgressServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * Starts to serve.
   *
   * @param port TCP port on all addresses, 0 for a free one
   * @throws IOException when the port is taken
   */
  public ProgressServer(int port, ProgressBoard board, PrometheusMeterRegistry metrics)
      throws IOException {
    server = HttpServer.create(new InetSocketAddress(port), 16);
    serve("/progress", "application/json", () -> JSON.writeValueAsString(board.report()));
    serve("/metrics", "text/plain; version=0.0.4; charset=utf-8", metrics::scrape);
    serve("/healthz", "text/plain", () -> "ok\n");
    server.setExecutor(threads);
    server.start();
  }

  /** The port that it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  private void serve(String path, String type, Callable<String> body) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            answer(exchange, path, type, body);
          }
        });
  }

  private static void answer(HttpExchange exchange, String path, String type, Callable<String> body)
      throws IOException {
    if (!exchange.getRequestURI().getPath().equals(path)) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    if (!exchange.getRequestMethod().equals("GET")) {
      exchange.sendResponseHeaders(405, -1);
      return;
    }
    byte[] bytes;
    try {
      bytes = body.call().getBytes(StandardCharsets.UTF_8);
    } catch (Exception e) {
      throw new UncheckedIOException(new IOException(e));
    }
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
