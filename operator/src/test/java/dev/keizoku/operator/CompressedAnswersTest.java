package dev.keizoku.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class CompressedAnswersTest {
  private static final String LIST =
      """
      {"apiVersion": "v1", "kind": "ConfigMapList", "metadata": {"resourceVersion": "7"},
       "items": [{"metadata": {"name": "run-file"}, "data": {"run.yaml": "決算短信"}}]}
      """;

  @Test
  void listsAreAskedForAndReadCompressed() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", CompressedAnswersTest::answer);
    server.start();
    var config =
        new ConfigBuilder()
            .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
            .withRequestRetryBackoffLimit(0)
            .build();
    try (var client =
        new KubernetesClientBuilder()
            .withHttpClientFactory(new CompressedAnswers(null))
            .withConfig(config)
            .build()) {
      assertThat(client.configMaps().inNamespace("team").list().getItems())
          .extracting(file -> file.getData().get("run.yaml"))
          .isEqualTo(List.of("決算短信"));
    } finally {
      server.stop(0);
    }
  }

  /** As the API server, but that it has no word for who takes no compressed answer. */
  private static void answer(HttpExchange exchange) throws IOException {
    var takes = Objects.toString(exchange.getRequestHeaders().getFirst("Accept-Encoding"));
    if (!takes.contains("gzip")) {
      exchange.sendResponseHeaders(406, -1);
      return;
    }
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.getResponseHeaders().add("Content-Encoding", "gzip");
    exchange.sendResponseHeaders(200, 0);
    try (var body = new GZIPOutputStream(exchange.getResponseBody())) {
      body.write(LIST.getBytes(UTF_8));
    }
  }
}
