package dev.keizoku.operator.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.keizoku.crd.v1alpha1.ContinualPretrain;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AttemptTracesTest {
  private static final String FIRST =
      "{number: 1, job: j-1, startTime: '2026-11-28T10:05:00Z', endTime: '2026-11-28T10:20:00Z',"
          + " exitCode: 137, reason: OutOfMemory, message: 'Too much.', gpus: 4, node: n}";

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final AttemptTraces traces =
      new AttemptTraces(Optional.of(Tracing.of(SimpleSpanProcessor.create(spans), "test")));

  private static ContinualPretrain resource() {
    return Serialization.unmarshal(
        "kind: ContinualPretrain\napiVersion: keizoku.dev/v1alpha1\n"
            + "metadata: {name: tuned, namespace: team}",
        ContinualPretrain.class);
  }

  private static RunStatus status(String... attempts) {
    return Serialization.unmarshal(
        "startTime: '2026-11-28T10:00:00Z'\nrunUid: u\nattempts: [%s]"
            .formatted(String.join(",", attempts)),
        RunStatus.class);
  }

  private static String open(int number) {
    return "{number: %d, job: j-%1$d, startTime: '2026-11-28T10:25:00Z'}".formatted(number);
  }

  private SpanData span(String name) {
    return spans.getFinishedSpanItems().stream()
        .filter(span -> span.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<Instant> time(SpanData span) {
    return List.of(
        Instant.EPOCH.plusNanos(span.getStartEpochNanos()),
        Instant.EPOCH.plusNanos(span.getEndEpochNanos()));
  }

  private static List<Instant> minutes(int from, int to) {
    var hour = Instant.parse("2026-11-28T10:00:00Z");
    return List.of(hour.plusSeconds(60L * from), hour.plusSeconds(60L * to));
  }

  @Test
  void anAttemptThatFailedHasTheTimeThatItWaitedAndRan() {
    traces.tell(resource(), status(open(1)), status(FIRST));
    var whole = span("ContinualPretrain attempt");
    assertThat(spans.getFinishedSpanItems())
        .hasSize(3)
        .allMatch(span -> span.getTraceId().equals(whole.getTraceId()));
    assertThat(time(whole)).isEqualTo(minutes(0, 20));
    assertThat(time(span("wait"))).isEqualTo(minutes(0, 5));
    assertThat(time(span("run"))).isEqualTo(minutes(5, 20));
    assertThat(span("run").getParentSpanId()).isEqualTo(whole.getSpanId());
    assertThat(whole.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(whole.getStatus().getDescription()).isEqualTo("Too much.");
    assertThat(whole.getAttributes().asMap())
        .containsEntry(AttributeKey.stringKey("k8s.namespace.name"), "team")
        .containsEntry(AttributeKey.stringKey("keizoku.reason"), "OutOfMemory")
        .containsEntry(AttributeKey.longKey("process.exit.code"), 137L)
        .containsEntry(AttributeKey.longKey("keizoku.gpus"), 4L)
        .doesNotContainKey(AttributeKey.stringKey("k8s.pod.name"));
  }

  @Test
  void thenTheNextOneBeginsAndOneThatNeverRanHasOnlyWaited() {
    var cancelled = "{number: 2, job: j-2, endTime: '2026-11-28T10:30:00Z', reason: Suspended}";
    traces.tell(resource(), status(FIRST, open(2)), status(FIRST, cancelled));
    assertThat(spans.getFinishedSpanItems()).hasSize(2);
    assertThat(time(span("ContinualPretrain attempt"))).isEqualTo(minutes(20, 30));
    assertThat(time(span("wait"))).isEqualTo(minutes(20, 30));
  }

  @Test
  void whatGoesOnOrWasToldIsNotTold() {
    traces.tell(resource(), status(), status(open(1)));
    traces.tell(resource(), status(open(1)), status(open(1)));
    traces.tell(resource(), status(FIRST), status(FIRST, open(2)));
    assertThat(spans.getFinishedSpanItems()).isEmpty();
  }

  @Test
  void aCollectorGetsThemOverHttp() throws IOException, InterruptedException {
    BlockingQueue<String> got = new LinkedBlockingQueue<>();
    var collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          var body = exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
          got.add(new String(body, StandardCharsets.ISO_8859_1));
        });
    collector.start();
    try {
      var endpoint = "http://127.0.0.1:%d/".formatted(collector.getAddress().getPort());
      try (var sending = new AttemptTraces(Optional.of(Tracing.to(endpoint, "test")))) {
        sending.tell(resource(), status(open(1)), status(FIRST));
      }
      assertThat(got.poll(60, TimeUnit.SECONDS))
          .contains("keizoku-operator", "ContinualPretrain attempt", "OutOfMemory");
    } finally {
      collector.stop(0);
    }
  }
}
