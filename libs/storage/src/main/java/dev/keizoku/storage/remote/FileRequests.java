package dev.keizoku.storage.remote;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.Set;
import javax.net.ssl.SSLContext;

/**
 * Asks servers for files over HTTP. Follows no redirection: where one may lead, and what may be
 * said there, is the store's affair.
 */
public final class FileRequests implements AutoCloseable {
  /** How long an answer may take to begin. */
  public static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

  /** One after the other, of one file. */
  public static final int MOST_REDIRECTIONS = 5;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Set<Integer> REDIRECTIONS = Set.of(301, 302, 303, 307, 308);

  private final HttpClient http;

  /**
   * @param tls authorities that are trusted; null for those of the program
   */
  public FileRequests(SSLContext tls) {
    var builder =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER);
    this.http = tls == null ? builder.build() : builder.sslContext(tls).build();
  }

  /** A request for a file, which may get more headers. */
  public static HttpRequest.Builder request(URI url) {
    return HttpRequest.newBuilder(url)
        .timeout(ANSWER_TIMEOUT)
        .header("User-Agent", "keizoku")
        // Of a compressed answer neither size nor range would be the file's.
        .header("Accept-Encoding", "identity");
  }

  /**
   * Sends it.
   *
   * @param patience how long the body may be silent
   */
  public HttpResponse<InputStream> send(HttpRequest request, Duration patience) throws IOException {
    try {
      return http.send(
          request,
          info ->
              request.method().equals("HEAD")
                  ? BodySubscribers.replacing(InputStream.nullInputStream())
                  : new PatientBody(patience));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped while waiting for an answer", e);
    }
  }

  /** Whether an answer names another place. */
  public static boolean isRedirection(HttpResponse<?> response) {
    return REDIRECTIONS.contains(response.statusCode());
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
