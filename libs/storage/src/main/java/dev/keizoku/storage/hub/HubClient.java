package dev.keizoku.storage.hub;

import dev.keizoku.storage.HubUri;
import dev.keizoku.storage.PatientBody;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sends requests to a hub. Follows redirections itself: the token must not leave the hub's own
 * host, and the headers that describe a file are on the first answer, not on the last.
 */
final class HubClient implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
  private static final int MOST_REDIRECTIONS = 5;
  private static final Set<Integer> REDIRECTIONS = Set.of(301, 302, 303, 307, 308);

  private final HubAccess access;
  private final Duration patience;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT_TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * @param patience how long a body may be silent
   */
  HubClient(HubAccess access, Duration patience) {
    this.access = access;
    this.patience = patience;
  }

  /** URL of a file's content at a commit. */
  URI file(HubUri at, String commit) {
    return url(at.repository(), "resolve", commit, at.path());
  }

  /** URL of an API call about a model or a dataset: {@code revision} or {@code tree}. */
  URI api(HubUri at, String call, String revision, String path) {
    var kind = at.repository().startsWith("datasets/") ? "api/" : "api/models/";
    return url(kind + at.repository(), call, revision, path);
  }

  private URI url(String start, String call, String revision, String path) {
    var tail =
        path.isEmpty()
            ? ""
            : Arrays.stream(path.split("/"))
                .map(HubClient::encoded)
                .collect(Collectors.joining("/", "/", ""));
    // A revision like refs/pr/1 is one segment.
    return URI.create(
        "%s/%s/%s/%s%s".formatted(access.endpoint(), start, call, encoded(revision), tail));
  }

  /** The URL that a header names, on this hub even when a mirror repeats the original's host. */
  URI onThisHub(URI linked) {
    var own = URI.create(access.endpoint());
    var query = linked.getRawQuery() == null ? "" : "?" + linked.getRawQuery();
    return own.resolve(linked.getRawPath() + query);
  }

  private static String encoded(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The first answer to HEAD that describes the file: a success, or the hub's redirection. */
  HttpResponse<InputStream> head(URI url) throws IOException {
    var at = url;
    for (int hop = 0; ; hop++) {
      var response = send(at, "HEAD", null);
      var target = redirection(response, at);
      if (target == null || response.headers().firstValue("X-Linked-Size").isPresent()) {
        return response;
      }
      at = followed(target, hop);
    }
  }

  /**
   * The answer to GET behind all redirections.
   *
   * @param range value of the Range header; null for all
   */
  HttpResponse<InputStream> get(URI url, String range) throws IOException {
    var at = url;
    for (int hop = 0; ; hop++) {
      var response = send(at, "GET", range);
      var target = redirection(response, at);
      if (target == null) {
        return response;
      }
      response.body().close();
      at = followed(target, hop);
    }
  }

  private static URI followed(URI target, int hop) throws IOException {
    if (hop == MOST_REDIRECTIONS) {
      throw new IOException("more than " + MOST_REDIRECTIONS + " redirections");
    }
    return target;
  }

  private static URI redirection(HttpResponse<?> response, URI from) throws HubAnswerException {
    if (!REDIRECTIONS.contains(response.statusCode())) {
      return null;
    }
    var location = response.headers().firstValue("Location");
    return from.resolve(location.orElseThrow(() -> new HubAnswerException(response)));
  }

  private HttpResponse<InputStream> send(URI url, String method, String range) throws IOException {
    var request =
        HttpRequest.newBuilder(url)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .timeout(ANSWER_TIMEOUT)
            .header("User-Agent", "keizoku")
            // Of a compressed answer neither size nor range would be the file's.
            .header("Accept-Encoding", "identity");
    if (range != null) {
      request.header("Range", range);
    }
    if (access.token() != null && access.owns(url)) {
      request.header("Authorization", "Bearer " + access.token());
    }
    var response = answer(request.build());
    if (response.statusCode() >= 400) {
      response.body().close();
      throw new HubAnswerException(response);
    }
    return response;
  }

  private HttpResponse<InputStream> answer(HttpRequest request) throws IOException {
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

  @Override
  public void close() {
    http.shutdownNow();
  }
}
