package dev.keizoku.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.keizoku.contract.run.StorageSpec;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import dev.keizoku.storage.remote.RetryPolicy;
import dev.keizoku.storage.s3.Credentials;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store whose certificate no public authority has signed, as in most banks. */
class AuthoritiesTest {
  private static final StoreUri OBJECT = StoreUri.parse("s3://bucket/object");
  @TempDir private Path folder;

  @AfterEach
  void forget() {
    for (var suffix : new String[] {"", "Type", "Password"}) {
      System.clearProperty("javax.net.ssl.trustStore" + suffix);
    }
  }

  @Test
  void aStoreOfAPrivateAuthorityIsTrustedByItsBundleAlone() throws Exception {
    var keys = keys();
    var server = server(keys);
    try {
      var spec = new StorageSpec("https://localhost:" + server.getAddress().getPort(), "r");
      try (var store = open(spec)) {
        assertThatThrownBy(() -> store.stat(OBJECT)).hasMessageContaining("certificate");
      }
      Authorities.trust(pem(keys));
      try (var store = open(spec)) {
        assertThat(store.stat(OBJECT)).isEmpty();
      }
    } finally {
      server.stop(0);
    }
  }

  @Test
  void whatIsNoBundleIsToldByItsName() throws Exception {
    var file = Files.writeString(folder.resolve("ca.crt"), "-----BEGIN CERTIFICATE-----\nno\n");
    assertThatThrownBy(() -> Authorities.trust(file))
        .hasMessageContaining("AWS_CA_BUNDLE names " + file);
    assertThat(System.getProperty("javax.net.ssl.trustStore")).isNull();
  }

  private static ObjectStore open(StorageSpec spec) {
    return StoreRouter.open(
        spec, new Credentials("key", "secret"), RetryPolicy.upTo(Duration.ofSeconds(2)));
  }

  private KeyStore keys() throws Exception {
    var file = folder.resolve("keys.p12");
    var made =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "store",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storepass",
                "changeit",
                "-keystore",
                file.toString())
            .inheritIO()
            .start();
    assertThat(made.waitFor()).isZero();
    return KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
  }

  private Path pem(KeyStore keys) throws Exception {
    var encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
    return Files.writeString(
        folder.resolve("bundle.crt"),
        "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
            .formatted(encoder.encodeToString(keys.getCertificate("store").getEncoded())));
  }

  /** Answers as a store does that does not have the object. */
  private static HttpsServer server(KeyStore keys) throws Exception {
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, "changeit".toCharArray());
    var context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    server.start();
    return server;
  }
}
