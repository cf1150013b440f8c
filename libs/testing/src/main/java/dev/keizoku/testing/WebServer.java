package dev.keizoku.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A server of the web on 127.0.0.1, over TLS with a certificate of its own. It serves {@link
 * #CONTENT} in many ways, the path says which: {@code whole.bin, breaks.bin,
 * breaks-without-ranges.bin, breaks-with-round-ranges.bin, changes.bin, unsized.bin, busy.bin,
 * moved.bin, loop, to-http, to-no-address} or a status; and what {@link #files} holds.
 */
public final class WebServer implements AutoCloseable {
  /** What it serves. */
  public static final byte[] CONTENT = new byte[300_000];

  private static final int BREAKS_AT = 100_000;

  /** Ranges begin at a multiple of it, whatever was asked for. */
  private static final int ROUND = 4096;

  private static final char[] PASSWORD = "changeit".toCharArray();

  /** Other files by path without a leading slash. */
  public final Map<String, byte[]> files = new ConcurrentHashMap<>();

  /** What the server says they are, by path; nothing where it does not say it. */
  public final Map<String, String> types = new ConcurrentHashMap<>();

  private final SSLContext context = SSLContext.getInstance("TLS");
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final HttpsServer server;

  /**
   * Starts it.
   *
   * @param folder for its key
   */
  public WebServer(Path folder) throws Exception {
    new Random(1).nextBytes(CONTENT);
    var keys = keys(folder);
    var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD);
    var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(keys);
    context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  private static KeyStore keys(Path folder) throws Exception {
    var file = folder.resolve("server.p12");
    var command =
        "-genkeypair -alias server -keyalg EC -dname CN=127.0.0.1 -ext"
            + " san=ip:127.0.0.1,dns:localhost -ext bc:c -validity 2 -storepass changeit -storetype"
            + " PKCS12 -keystore "
            + file;
    var keytool = new ArrayList<String>();
    keytool.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    keytool.addAll(List.of(command.split(" ")));
    var made = new ProcessBuilder(keytool).inheritIO().start().waitFor();
    if (made != 0) {
      throw new IOException("keytool ended with " + made);
    }
    var keys = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    // A certificate beside its key is nothing that is trusted.
    keys.setCertificateEntry("authority", keys.getCertificate("server"));
    return keys;
  }

  /** Trusts its certificate. */
  public SSLContext trusted() {
    return context;
  }

  /** Its URL, ending in a slash. */
  public String url() {
    return "https://127.0.0.1:%d/".formatted(server.getAddress().getPort());
  }

  /** Forgets what was asked. */
  public void begin() {
    requests.clear();
  }

  /** How many requests arrived since it began. */
  public int asked() {
    return requests.size();
  }

  /** The ranges that were asked for, since it began. */
  public String ranges() {
    return String.join(" ", requests.stream().filter(range -> !range.isEmpty()).toList());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var range = exchange.getRequestHeaders().getFirst("Range");
      requests.add(range == null ? "" : range);
      var path = exchange.getRequestURI().getPath().substring(1);
      int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
      switch (path) {
        case "whole.bin" -> send(exchange, from, CONTENT.length);
        case "breaks.bin" -> send(exchange, from, from == 0 ? BREAKS_AT : CONTENT.length);
        case "breaks-without-ranges.bin" ->
            send(exchange, 0, from == 0 ? BREAKS_AT : CONTENT.length);
        case "breaks-with-round-ranges.bin" ->
            send(exchange, from / ROUND * ROUND, from == 0 ? BREAKS_AT : CONTENT.length);
        case "changes.bin" -> {
          exchange.getResponseHeaders().set("ETag", "\"" + from + "\"");
          send(exchange, 0, from == 0 ? BREAKS_AT : CONTENT.length);
        }
        case "unsized.bin" -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(CONTENT);
          exchange.getResponseBody().close();
        }
        case "busy.bin" -> {
          if (requests.size() % 3 == 0) {
            send(exchange, from, CONTENT.length);
          } else {
            exchange.sendResponseHeaders(requests.size() % 3 == 1 ? 429 : 503, -1);
          }
        }
        case "moved.bin" -> redirect(exchange, "whole.bin");
        case "loop" -> redirect(exchange, "loop");
        case "to-no-address" -> redirect(exchange, "/whole or not.bin");
        case "to-http" -> redirect(exchange, "http://127.0.0.1:1/whole.bin");
        default -> {
          var file = files.get(path);
          if (types.containsKey(path)) {
            exchange.getResponseHeaders().set("Content-Type", types.get(path));
          }
          exchange.sendResponseHeaders(
              file == null ? Integer.parseInt(path) : 200, file == null ? -1 : file.length);
          if (file != null) {
            exchange.getResponseBody().write(file);
          }
        }
      }
    }
  }

  private static void redirect(HttpExchange exchange, String to) throws IOException {
    exchange.getResponseHeaders().set("Location", to);
    exchange.sendResponseHeaders(302, -1);
  }

  /** Where less is sent than was said, the connection ends there. */
  private static void send(HttpExchange exchange, int from, int to) throws IOException {
    if (from >= CONTENT.length) {
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    var headers = exchange.getResponseHeaders();
    headers.putIfAbsent("ETag", List.of("\"one\""));
    if (from > 0) {
      headers.set(
          "Content-Range", "bytes %d-%d/%d".formatted(from, CONTENT.length - 1, CONTENT.length));
    }
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, CONTENT.length - from);
    exchange.getResponseBody().write(CONTENT, from, to - from);
    exchange.getResponseBody().flush();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
