package dev.keizoku.storage.web;

import dev.keizoku.storage.HttpsUri;
import dev.keizoku.storage.remote.FileRequests;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.NoSuchElementException;
import java.util.regex.Pattern;

/**
 * Asks servers of the web. Follows redirections itself: each goes to https and to an address that
 * is allowed, as the first does. [NOT IMPLEMENTED] a name whose address changes between the look at
 * it and the connection is not noticed; the pods' NetworkPolicy is what holds then.
 */
final class WebClient implements AutoCloseable {
  private static final int PARTIAL = 206;
  private static final Pattern CHARSET =
      Pattern.compile("(?i);\\s*charset\\s*=\\s*[\"']?([\\w.:-]{1,40})");
  private static final int RANGE_NOT_THERE = 416;

  private final WebAccess access;
  private final FileRequests requests;

  WebClient(WebAccess access) {
    this.access = access;
    this.requests = new FileRequests(access.tls());
  }

  /**
   * A file from an offset on. Of a server that gives no ranges what lies before is read and left
   * out, up to {@link WebStore#MOST_UNSIZED_BYTES} of it for a new file.
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
      at = target(response, at);
    }
    throw new WebAnswerException(WebAnswerException.TOO_MANY_REDIRECTIONS, file.url());
  }

  private static URI target(HttpResponse<?> response, URI from) throws WebAnswerException {
    try {
      return response.headers().firstValue("Location").map(from::resolve).orElseThrow();
    } catch (NoSuchElementException | IllegalArgumentException e) {
      throw new WebAnswerException(response.statusCode(), from);
    }
  }

  private HttpResponse<InputStream> send(URI url, long offset, WebAnswer first) throws IOException {
    requireAllowed(url);
    var request = FileRequests.request(url);
    if (offset > 0) {
      request.header("Range", "bytes=" + offset + "-");
      if (first != null && first.tag() != null) {
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
    var part = Part.of(response);
    var answer =
        new WebAnswer(
            response.body(), part.size, tag(response.headers()), charset(response.headers()));
    try {
      boolean another =
          first != null
              && (first.size() != part.size
                  || first.tag() != null && !first.tag().equals(answer.tag()));
      if (another || part.begin < 0 || part.begin > offset) {
        throw new WebAnswerException(WebAnswerException.CHANGED, response.uri());
      }
      // A server without ranges sends all, another begins where it likes.
      long before = offset - part.begin;
      if (first == null && before > WebStore.MOST_UNSIZED_BYTES) {
        throw new WebAnswerException(WebAnswerException.NO_RANGES, response.uri());
      }
      response.body().skipNBytes(before);
      return answer;
    } catch (EOFException e) {
      throw new WebAnswerException(RANGE_NOT_THERE, response.uri());
    } catch (IOException e) {
      answer.close();
      throw e;
    }
  }

  /**
   * Where an answer begins in the file, and the file's size; -1 for what is not told.
   *
   * @param begin 0 for an answer that is the file
   */
  private record Part(long begin, long size) {
    private static final Pattern RANGE =
        Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(?:(\\d{1,18})|\\*)");

    static Part of(HttpResponse<?> response) {
      var headers = response.headers();
      if (response.statusCode() != PARTIAL) {
        return new Part(0, headers.firstValueAsLong("Content-Length").orElse(-1));
      }
      var range = RANGE.matcher(headers.firstValue("Content-Range").orElse(""));
      return range.matches()
          ? new Part(
              Long.parseLong(range.group(1)),
              range.group(2) == null ? -1 : Long.parseLong(range.group(2)))
          : new Part(-1, -1);
    }
  }

  private static String charset(HttpHeaders headers) {
    var said = CHARSET.matcher(headers.firstValue("Content-Type").orElse(""));
    return said.find() ? said.group(1) : "";
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
