package dev.keizoku.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on 127.0.0.1 that answers as the Hugging Face hub does for one repository {@code
 * acme/tiny}: commits, a tree in pages of two, redirections of small files within the hub and of
 * large files to a second server, ranges, and error codes. It can break connections.
 *
 * <p>Source: huggingface_hub {@code file_download.py}, {@code utils/_http.py}; the hub's own
 * answers for public models.
 */
public final class HubServer implements AutoCloseable {
  /** The commit that {@code main} is. */
  public static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  private static final String CACHE = "/api/resolve-cache/";

  /** Large from this size on. */
  public static final int LARGE = 1000;

  /** The model's files by path; to be filled before they are asked for. */
  public final Map<String, byte[]> files = new TreeMap<>();

  /** What was asked for, a line each. */
  public final List<String> requests = new CopyOnWriteArrayList<>();

  /** When set, the token that the model needs. */
  public volatile String token;

  /** How many answers of the second server end in the middle. */
  public final AtomicInteger broken = new AtomicInteger();

  /** How many fall silent there. */
  public final AtomicInteger silent = new AtomicInteger();

  /** How many answers of the hub are 503. */
  public final AtomicInteger unavailable = new AtomicInteger();

  /** How many answers have a wrong bit. */
  public final AtomicInteger corruptAnswers = new AtomicInteger();

  /** Whether a bit of every content is wrong. */
  public volatile boolean corrupt;

  /** Whether the model is behind terms that must be accepted first. */
  public volatile boolean gated;

  private final CountDownLatch closed = new CountDownLatch(1);
  private final HttpServer hub = start(this::answerHub);
  private final HttpServer storage = start(this::answerStorage);
  private final String resolve;
  private final String tree;
  private final String revision;
  private ExecutorService threads;

  /** With the model {@code acme/tiny}. */
  public HubServer() {
    this("acme/tiny", "models/acme/tiny");
  }

  private HubServer(String repository, String api) {
    resolve = "/" + repository + "/resolve/" + COMMIT + "/";
    tree = "/api/" + api + "/tree/" + COMMIT;
    revision = "/api/" + api + "/revision/";
  }

  /** With the dataset {@code acme/tiny} instead. */
  public static HubServer ofDataset() {
    return new HubServer("datasets/acme/tiny", "datasets/acme/tiny");
  }

  private HttpServer start(HttpHandler handler) {
    try {
      threads = threads == null ? Executors.newVirtualThreadPerTaskExecutor() : threads;
      var server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
      server.createContext("/", handler);
      server.setExecutor(threads);
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its URL, for {@code HF_ENDPOINT}. */
  public String endpoint() {
    return "http://127.0.0.1:" + hub.getAddress().getPort();
  }

  private void answerHub(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      requests.add(exchange.getRequestMethod() + " " + path);
      if (unavailable.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        fail(exchange, 503, null);
      } else if (token != null && !authorized(exchange)) {
        fail(exchange, 401, null);
      } else if (path.startsWith(revision)) {
        revision(exchange, path.substring(revision.length()));
      } else if (path.startsWith(tree)) {
        tree(exchange, path.substring(tree.length()));
      } else if (path.startsWith(resolve)) {
        resolve(exchange, path.substring(resolve.length()));
      } else if (path.startsWith(CACHE)) {
        content(exchange, files.get(path.substring(CACHE.length())));
      } else {
        fail(exchange, 404, "RepoNotFound");
      }
    }
  }

  private boolean authorized(HttpExchange exchange) {
    return ("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"));
  }

  private void revision(HttpExchange exchange, String revision) throws IOException {
    if (!revision.equals("main") && !revision.equals("refs/pr/1")) {
      fail(exchange, 404, "RevisionNotFound");
      return;
    }
    json(exchange, "{\"id\": \"acme/tiny\", \"sha\": \"" + COMMIT + "\"}");
  }

  private void tree(HttpExchange exchange, String folder) throws IOException {
    var prefix = folder.isEmpty() ? "" : folder.substring(1) + "/";
    var entries = new ArrayList<String>();
    files.forEach(
        (path, content) -> {
          if (path.startsWith(prefix)) {
            var lfs = ", \"lfs\": {\"oid\": \"%s\", \"size\": %d, \"pointerSize\": 130}";
            entries.add(
                "{\"type\": \"file\", \"path\": \"%s\", \"size\": %d, \"oid\": \"%s\"%s}"
                    .formatted(
                        path,
                        content.length,
                        blobSha1(content),
                        content.length < LARGE
                            ? ""
                            : String.format(Locale.ROOT, lfs, sha256(content), content.length)));
          }
        });
    if (entries.isEmpty()) {
      fail(exchange, 404, "EntryNotFound");
      return;
    }
    entries.add("{\"type\": \"directory\", \"path\": \"folder\", \"size\": 0, \"oid\": \"0\"}");
    var query = String.valueOf(exchange.getRequestURI().getQuery());
    var from = query.contains("cursor=") ? Integer.parseInt(query.replaceAll(".*cursor=", "")) : 0;
    var to = Math.min(from + 2, entries.size());
    if (to < entries.size()) {
      // As a mirror does that passes on what the original hub wrote.
      var next = "https://huggingface.co%s%s?recursive=true&cursor=%d".formatted(tree, folder, to);
      exchange.getResponseHeaders().set("Link", "<" + next + ">; rel=\"next\"");
    }
    json(exchange, entries.subList(from, to).toString());
  }

  private void resolve(HttpExchange exchange, String path) throws IOException {
    var content = files.get(path);
    if (gated) {
      fail(exchange, 403, "GatedRepo");
      return;
    }
    if (content == null) {
      fail(exchange, 404, "EntryNotFound");
      return;
    }
    var headers = exchange.getResponseHeaders();
    var large = content.length >= LARGE;
    headers.set("X-Repo-Commit", COMMIT);
    headers.set("X-Linked-Size", "" + content.length);
    var etag = large ? sha256(content) : blobSha1(content);
    headers.set("X-Linked-Etag", "\"" + etag + "\"");
    var location = "http://127.0.0.1:%d/%s?signature=1".formatted(port(), rawPath(exchange));
    headers.set("Location", large ? location : CACHE + rawPath(exchange));
    exchange.sendResponseHeaders(large ? 302 : 307, -1);
  }

  private int port() {
    return storage.getAddress().getPort();
  }

  private String rawPath(HttpExchange exchange) {
    return exchange.getRequestURI().getRawPath().substring(resolve.length());
  }

  private void answerStorage(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath().substring(1);
      requests.add("STORAGE " + path + " " + exchange.getRequestHeaders().getFirst("Range"));
      if (exchange.getRequestHeaders().containsKey("Authorization")) {
        // As S3 does: a signed URL and a token together are an error, and the token has leaked.
        fail(exchange, 400, null);
        return;
      }
      content(exchange, files.get(path));
    }
  }

  private void content(HttpExchange exchange, byte[] content) throws IOException {
    var range = exchange.getRequestHeaders().getFirst("Range");
    int first = 0;
    int last = content.length - 1;
    if (range != null) {
      var bounds = range.substring("bytes=".length()).split("-");
      first = Integer.parseInt(bounds[0]);
      last = Math.min(last, Integer.parseInt(bounds[1]));
    }
    var part = Arrays.copyOfRange(content, first, last + 1);
    if (corrupt || corruptAnswers.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      part[part.length / 2] ^= 1;
    }
    exchange.sendResponseHeaders(range == null ? 200 : 206, part.length);
    var breaks = broken.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    var silence = silent.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    exchange.getResponseBody().write(part, 0, breaks || silence ? part.length / 2 : part.length);
    exchange.getResponseBody().flush();
    if (silence) {
      awaitClose();
    }
  }

  /** Says nothing more for as long as it lives: the caller has to lose his patience. */
  private void awaitClose() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void json(HttpExchange exchange, String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static void fail(HttpExchange exchange, int status, String code) throws IOException {
    if (code != null) {
      exchange.getResponseHeaders().set("X-Error-Code", code);
    }
    exchange.sendResponseHeaders(status, -1);
  }

  private static String blobSha1(byte[] content) {
    var header = ("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII);
    return digest("SHA-1", header, content);
  }

  private static String sha256(byte[] content) {
    return digest("SHA-256", content);
  }

  private static String digest(String algorithm, byte[]... parts) {
    try {
      var digest = MessageDigest.getInstance(algorithm);
      for (var part : parts) {
        digest.update(part);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has " + algorithm, e);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    hub.stop(0);
    storage.stop(0);
    threads.shutdownNow();
  }
}
