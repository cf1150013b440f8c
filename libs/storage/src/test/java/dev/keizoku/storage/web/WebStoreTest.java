package dev.keizoku.storage.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.remote.RetryPolicy;
import dev.keizoku.testing.WebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a server on 127.0.0.1 with a certificate of its own. */
class WebStoreTest {
  private static final RetryPolicy QUICK =
      new RetryPolicy(Duration.ofSeconds(60), Duration.ofMillis(1), Duration.ofMillis(5));

  @TempDir static Path folder;
  private static WebServer server;
  private static WebStore store;

  @BeforeAll
  static void start() throws Exception {
    server = new WebServer(folder);
    store = new WebStore(new WebAccess(true, server.trusted()), QUICK);
  }

  @AfterAll
  static void stop() {
    store.close();
    server.close();
  }

  private static StoreUri uri(String path) {
    return StoreUri.parse(server.url() + path);
  }

  /** Size that is told, and what was asked for after the first connection broke. */
  @ParameterizedTest
  @CsvSource({
    "whole.bin, 300000, ''",
    "breaks.bin?day=1, 300000, bytes=\\d+-",
    "breaks-without-ranges.bin, 300000, bytes=\\d+-",
    "breaks-with-round-ranges.bin, 300000, bytes=\\d+-",
    "moved.bin, 300000, ''",
    "unsized.bin, 0, ''",
    "busy.bin, 300000, ''",
  })
  void aFileComesWholeWhateverHappensOnTheWay(String path, long size, String range)
      throws IOException {
    assertThat(store.stat(uri(path)).orElseThrow().bytes()).isEqualTo(size);
    server.begin();
    var file = folder.resolve("copy");
    var copy = store.download(uri(path), file);
    assertThat(Files.readAllBytes(file)).isEqualTo(WebServer.CONTENT);
    assertThat(copy.sha256()).isEqualTo(Digests.sha256(WebServer.CONTENT));
    assertThat(copy.bytes()).isEqualTo(WebServer.CONTENT.length);
    assertThat(server.ranges()).matches(range);
  }

  /** What is asked for, and that no more is taken from a server that gives ranges. */
  @ParameterizedTest
  @CsvSource({
    "whole.bin, bytes=200000-",
    "breaks.bin, bytes=200000-",
    "breaks-with-round-ranges.bin, bytes=200000-",
    "unsized.bin, bytes=200000-",
  })
  void aPartIsAskedForAsARange(String path, String range) {
    server.begin();
    assertThat(store.readRange(uri(path), 200_000, 1000))
        .isEqualTo(Arrays.copyOfRange(WebServer.CONTENT, 200_000, 201_000));
    assertThat(server.ranges()).isEqualTo(range);
    for (int offset : new int[] {299_500, 400_000}) {
      assertThatThrownBy(() -> store.readRange(uri(path), offset, 1000))
          .hasMessageContaining("ends too early");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "404 | ObjectNotFound | There is no object IT; check the URI or upload it first.",
        "410 | ObjectNotFound | There is no object IT",
        "403 | StorageRefused | 127.0.0.1 does not give IT to this program (403); check that it is"
            + " public",
        "401 | StorageRefused | 127.0.0.1 does not give IT to this program (401)",
        "416 | ObjectTooShort | IT ends too early",
        "418 | StorageRefused | 127.0.0.1 answered 418 for IT; check the URL in a browser.",
        "to-http | StorageRefused | IT leads to an address without https, which is not followed",
        "to-no-address | StorageRefused | 127.0.0.1 answered 302 for IT; check the URL in a"
            + " browser.",
        "loop | StorageRefused | IT is redirected too often; name its last URL.",
      })
  void whatOnlyTheUserCanMendIsSaidAtOnce(String path, String reason, String sentence) {
    assertThatThrownBy(() -> store.stat(uri(path)))
        .isInstanceOfSatisfying(
            RunFault.class, fault -> assertThat(fault.reason().toString()).isEqualTo(reason))
        .hasMessageContaining(sentence.replace("IT", uri(path).toString()));
  }

  @Test
  void aServerThatStaysBusyIsToldWithItsAnswer() {
    try (var hasty =
        new WebStore(
            new WebAccess(true, server.trusted()),
            new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(1)))) {
      assertThatThrownBy(() -> hasty.stat(uri("429")))
          .hasMessageContaining("127.0.0.1 answered 429")
          .hasMessageContaining("try again later");
    }
  }

  @Test
  void aFileThatChangesWhileItIsReadIsNoMixture() {
    assertThatThrownBy(() -> store.download(uri("changes.bin"), folder.resolve("mixed")))
        .hasMessageContaining("was changed while it was read");
    assertThat(folder.resolve("mixed")).doesNotExist();
  }

  @Test
  void privateNetworksAreAskedOnlyWhereTheInstallationAllowsIt() {
    try (var outside = new WebStore(new WebAccess(false, server.trusted()), QUICK)) {
      server.begin();
      assertThatThrownBy(() -> outside.stat(uri("whole.bin")))
          .hasMessageContaining("in a private network, which sources may not ask")
          .hasMessageContaining("KEIZOKU_PRIVATE_HTTPS=true");
      assertThat(server.asked()).as("requests that arrived").isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, false",
    "10.1.2.3, false",
    "172.16.0.1, false",
    "192.168.1.1, false",
    "169.254.169.254, false",
    "100.64.0.1, false",
    "0.0.0.0, false",
    "255.255.255.255, false",
    "224.0.0.1, false",
    "::1, false",
    "fe80::1, false",
    "fd00::1, false",
    "::ffff:10.0.0.1, false",
    "64:ff9b::a00:1, false",
    "93.184.216.34, true",
    "172.32.0.1, true",
    "2606:2800:220:1::1, true",
  })
  void theAddressDecides(String address, boolean allowed) throws IOException {
    var parsed = InetAddress.getByName(address);
    assertThat(new WebAccess(false, null).allows(parsed)).isEqualTo(allowed);
    assertThat(new WebAccess(true, null).allows(parsed)).isTrue();
  }

  @Test
  void aServerThatNobodyVouchesForIsNotBelieved() {
    try (var strict = new WebStore(new WebAccess(true, null), QUICK)) {
      assertThatThrownBy(() -> strict.stat(uri("whole.bin")))
          .hasMessageContaining("check its certificate, or name its authority");
    }
  }
}
