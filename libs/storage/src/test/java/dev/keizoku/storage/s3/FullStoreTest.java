package dev.keizoku.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.run.StorageSpec;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.remote.RetryPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A store without room, as servers answer it on the wire: at once the user's, no outage. */
class FullStoreTest {
  private static final StoreUri OBJECT = StoreUri.parse("s3://bucket/corpus/x.bin");

  private final AtomicInteger requests = new AtomicInteger();
  private HttpServer server;
  private int status;
  private String body = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          exchange.getRequestBody().readAllBytes();
          var answer = body.getBytes(StandardCharsets.UTF_8);
          var type = body.startsWith("<?xml") ? "application/xml" : "text/html";
          exchange.getResponseHeaders().set("Content-Type", type);
          exchange.sendResponseHeaders(status, answer.length);
          try (var out = exchange.getResponseBody()) {
            out.write(answer);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void assertFull(String said) {
    var spec = new StorageSpec("http://127.0.0.1:" + server.getAddress().getPort(), null);
    var keys = new Credentials("key", "secret-key");
    try (var store = new S3ObjectStore(spec, keys, RetryPolicy.DEFAULT)) {
      assertThatThrownBy(() -> store.put(OBJECT, new byte[] {1}))
          .isInstanceOfSatisfying(
              RunFault.class,
              fault -> {
                assertThat(fault.reason()).isEqualTo(Reason.STORAGE_FULL);
                assertThat(fault.exitCode()).isEqualTo(ExitCode.USER_ERROR);
                assertThat(fault)
                    .hasMessage(
                        "There is no room for %s (%s); delete what is not needed or raise the"
                            + " quota, then run it again.",
                        OBJECT, said);
              });
    }
    assertThat(requests).hasValue(1);
  }

  @ParameterizedTest
  @CsvSource({
    "507, XMinioStorageFull",
    "409, XMinioAdminBucketQuotaExceeded",
    "403, QuotaExceeded",
    "507, AnotherWord"
  })
  void aFullStoreIsNotAskedAgain(int answer, String code) {
    status = answer;
    body =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>%s</Code><Message>full</Message></Error>"
            .formatted(code);
    assertFull(code);
  }

  @ParameterizedTest
  @CsvSource({"<html>full</html>"})
  void norIsOneBehindAProxy(String page) {
    status = 507;
    body = page;
    assertFull("507 Insufficient Storage");
  }
}
