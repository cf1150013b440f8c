package dev.keizoku.operator.kubeapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.keizoku.contract.result.ProgressReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;

/** Answers {@code GET /progress} on this machine, as the pods with the address 127.0.0.1 would. */
final class FakeProgram implements AutoCloseable {
  private final HttpServer server;
  private volatile ProgressReport report;

  FakeProgram() {
    try {
      server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/progress",
        exchange -> {
          var said = report;
          var body = said == null ? new byte[0] : new ObjectMapper().writeValueAsBytes(said);
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
    this.report = report;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
