package dev.keizoku.storage.web;

import dev.keizoku.storage.HttpsUri;
import dev.keizoku.storage.remote.FileRequests;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;

/**
 * Asks servers of the web. Follows redirections itself: each goes to https and to an address that
 * is allowed, as the first does. [NOT IMPLEMENTED] a name whose address changes between the look at
 * it and the connection is not noticed; the pods' NetworkPolicy is what holds then.
 */
final class WebClient implements AutoCloseable {
  private static final int PARTIAL = 206;

  private final WebAccess access;
  private final FileRequests requests;

  WebClient(WebAccess access) {
    this.access = access;
    this.requests = new FileRequests(access.tls());
  }

  /**
   * A file from an offset on.
   *
   * @param first the answer whose rest is asked for; null for a new file
   */
  WebAnswer get(HttpsUri file, long offset, WebAnswer first) throws IOException {
    var at = file.url();
    for (int hop = 0; hop <= FileRequests.MOST_REDIRECTIONS; hop++) {
      var response = send(at, offset, first);
      if (!FileRequests.isRedirection(response)) {
        return answer(response, offset, first);
      }
      response.body().close();
      var from = at;
      at =
          response
              .headers()
              .firstValue("Location")
              .map(from::resolve)
              .orElseThrow(() -> new WebAnswerException(response.statusCode(), from));
    }
    throw new WebAnswerException(WebAnswerException.TOO_MANY_REDIRECTIONS, file.url());
  }

  private HttpResponse<InputStream> send(URI url, long offset, WebAnswer first) throws IOException {
    requireAllowed(url);
    var request = FileRequests.request(url);
    if (offset > 0) {
      request.header("Range", "bytes=" + offset + "-");
      if (first.tag() != null) {
        request.header("If-Range", first.tag());
      }
    }
    var response = requests.send(request.build(), FileRequests.ANSWER_TIMEOUT);
    if (response.statusCode() >= 400) {
      response.body().close();
      throw new WebAnswerException(response.statusCode(), url);
    }
    return response;
  }

  private void requireAllowed(URI url) throws IOException {
    if (!"https".equals(url.getScheme()) || url.getHost() == null) {
      throw new WebAnswerException(WebAnswerException.NOT_HTTPS, url);
    }
    try {
      for (var address : InetAddress.getAllByName(url.getHost())) {
        if (!access.allows(address)) {
          throw new WebAnswerException(WebAnswerException.PRIVATE, url);
        }
      }
    } catch (UnknownHostException e) {
      throw new IOException("no address is known for " + url.getHost(), e);
    }
  }

  private static WebAnswer answer(HttpResponse<InputStream> response, long offset, WebAnswer first)
      throws IOException {
    var headers = response.headers();
    boolean partial = response.statusCode() == PARTIAL;
    long size = partial ? wholeOf(headers) : headers.firstValueAsLong("Content-Length").orElse(-1);
    var answer = new WebAnswer(response.body(), size, tag(headers));
    if (first != null
        && (first.size() != size || first.tag() != null && !first.tag().equals(answer.tag()))) {
      answer.close();
      throw new WebAnswerException(WebAnswerException.CHANGED, response.uri());
    }
    if (!partial) {
      // A server without ranges sends all.
      response.body().skipNBytes(offset);
    }
    return answer;
  }

  /** The size in {@code Content-Range: bytes 10-99/100}. */
  private static long wholeOf(HttpHeaders headers) {
    var range = headers.firstValue("Content-Range").orElse("");
    var size = range.substring(range.indexOf('/') + 1);
    return size.matches("\\d{1,18}") ? Long.parseLong(size) : -1;
  }

  private static String tag(HttpHeaders headers) {
    return headers
        .firstValue("ETag")
        .filter(tag -> !tag.startsWith("W/"))
        .or(() -> headers.firstValue("Last-Modified"))
        .orElse(null);
  }

  @Override
  public void close() {
    requests.close();
  }
}
