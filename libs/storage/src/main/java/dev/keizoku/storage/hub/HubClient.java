package dev.keizoku.storage.hub;

import dev.keizoku.storage.HubUri;
import dev.keizoku.storage.remote.FileRequests;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Sends requests to a hub. Follows redirections itself: the token must not leave the hub's own
 * host, and the headers that describe a file are on the first answer, not on the last.
 */
final class HubClient implements AutoCloseable {
  private final HubAccess access;
  private final Duration patience;
  private final FileRequests requests = new FileRequests(null);

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
    if (hop == FileRequests.MOST_REDIRECTIONS) {
      throw new IOException("more than " + FileRequests.MOST_REDIRECTIONS + " redirections");
    }
    return target;
  }

  private static URI redirection(HttpResponse<?> response, URI from) throws HubAnswerException {
    if (!FileRequests.isRedirection(response)) {
      return null;
    }
    var location = response.headers().firstValue("Location");
    return from.resolve(location.orElseThrow(() -> new HubAnswerException(response)));
  }

  private HttpResponse<InputStream> send(URI url, String method, String range) throws IOException {
    var request = FileRequests.request(url).method(method, HttpRequest.BodyPublishers.noBody());
    if (range != null) {
      request.header("Range", range);
    }
    if (access.token() != null && access.owns(url)) {
      request.header("Authorization", "Bearer " + access.token());
    }
    var response = requests.send(request.build(), patience);
    if (response.statusCode() >= 400) {
      response.body().close();
      throw new HubAnswerException(response);
    }
    return response;
  }

  @Override
  public void close() {
    requests.close();
  }
}
