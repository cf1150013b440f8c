package dev.keizoku.program;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.keizoku.contract.run.CheckpointWish;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * Serves {@code GET /progress} (a ProgressReport as JSON), {@code GET /metrics} (Prometheus text)
 * and {@code GET /healthz} on one port, without credentials: nothing on it is secret, and all that
 * can be asked through it is a checkpoint ({@code GET /progress?checkpoint=WISH}), which changes no
 * result.
 */
public final class ProgressServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String WISH = CheckpointWish.PARAMETER + "=";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * Starts to serve.
   *
   * @param port TCP port on all addresses, 0 for a free one
   * @throws IOException when the port is taken
   */
  public ProgressServer(
      int port, ProgressBoard board, SaveSignal save, PrometheusMeterRegistry metrics)
      throws IOException {
    server = HttpServer.create(new InetSocketAddress(port), 16);
    serve(
        "/progress",
        "application/json",
        asked -> {
          save.request(wish(asked));
          return JSON.writeValueAsString(board.report());
        });
    serve("/metrics", "text/plain; version=0.0.4; charset=utf-8", asked -> metrics.scrape());
    serve("/healthz", "text/plain", asked -> "ok\n");
    server.setExecutor(threads);
    server.start();
  }

  /** The port that it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** What answers a request. */
  @FunctionalInterface
  private interface Answer {
    String to(URI asked) throws IOException;
  }

  /** The wish in a request; null for none. */
  private static String wish(URI asked) {
    return Stream.ofNullable(asked.getRawQuery())
        .flatMap(query -> Stream.of(query.split("&")))
        .filter(parameter -> parameter.startsWith(WISH))
        .findFirst()
        .map(parameter -> URLDecoder.decode(parameter.substring(WISH.length()), UTF_8))
        .orElse(null);
  }

  private void serve(String path, String type, Answer body) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            answer(exchange, path, type, body);
          }
        });
  }

  private static void answer(HttpExchange exchange, String path, String type, Answer body)
      throws IOException {
    if (!exchange.getRequestURI().getPath().equals(path)) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    if (!exchange.getRequestMethod().equals("GET")) {
      exchange.sendResponseHeaders(405, -1);
      return;
    }
    var bytes = body.to(exchange.getRequestURI()).getBytes(UTF_8);
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
