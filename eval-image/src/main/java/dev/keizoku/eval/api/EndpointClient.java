package dev.keizoku.eval.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.eval.ApiModel;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.api.ApiAnswer.Cause;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks a model behind an address, again where that may help. Safe for use from many threads. The
 * key goes into one header and nowhere else; redirects are not followed, so that it goes nowhere
 * else either.
 */
final class EndpointClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OK = 200;
  private static final int MOVED = 300;
  private static final int BAD_REQUEST = 400;
  private static final int TOO_MANY = 429;
  private static final int SERVER_FAULT = 500;
  private static final Set<Integer> REFUSED = Set.of(401, 403, 404);
  private static final int SHOWN = 200;

  /** A program that is to stop does not wait longer for an endpoint that hangs. */
  private static final Duration GREETING = Duration.ofSeconds(20);

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(Duration.ofSeconds(20))
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final EndpointAddress address;
  private final String model;
  private final String key;
  private final EndpointLimits limits;

  /**
   * @param base such as {@code https://api.example.com/v1}
   * @param path below it
   * @param model as the endpoint calls it
   * @param key bearer token; null for an endpoint that wants none
   * @throws RunFault user error {@code InvalidEndpoint} when the address is none, or more than one
   */
  EndpointClient(URI base, String path, String model, String key, EndpointLimits limits) {
    this.address = new EndpointAddress(base, path, key != null);
    this.model = model;
    this.key = key;
    this.limits = limits;
  }

  /**
   * A model as a run file names it.
   *
   * @param keyFile file with its key; null for an endpoint that wants none
   * @param maxTokens of an answer
   * @throws RunFault user error {@code InvalidEndpoint} for an address or a key that is none,
   *     {@code FileNotFound} for a key that cannot be read
   */
  static EndpointClient of(ApiModel settings, String keyFile, String path, int maxTokens) {
    return new EndpointClient(
        address(settings.endpoint()),
        path,
        settings.model(),
        keyFile == null ? null : KeyFile.read(Path.of(keyFile)),
        EndpointLimits.usual(
            Duration.ofSeconds(settings.timeoutSeconds()), settings.maxRetries() + 1, maxTokens));
  }

  private static URI address(String written) {
    try {
      return new URI(written);
    } catch (URISyntaxException e) {
      throw RunFault.userError(
          Reason.INVALID_ENDPOINT,
          "The endpoint is no address; give one such as https://api.example.com/v1.");
    }
  }

  /** What is asked. */
  interface Question {
    /** The body of a request. */
    byte[] body();

    /** Whether it is asked in other words after that refusal, which costs no attempt. */
    boolean reworded(int status, String said);
  }

  /**
   * What came back.
   *
   * @param body of an answer; null where there is none
   * @param fault why there is none, one line without the key
   * @param cause what kind of fault that is
   */
  record Reply(byte[] body, String fault, Cause cause) {}

  /**
   * Asks.
   *
   * @throws RunFault user error {@code InvalidEndpoint} when the endpoint wants another key, model
   *     or address: no other question would fare better
   */
  Reply ask(Question question) throws InterruptedException {
    return ask(question, limits.attempts(), limits.timeout());
  }

  /** The same once and for a short time. */
  Reply greet(Question question) throws InterruptedException {
    return ask(question, 1, GREETING);
  }

  private Reply ask(Question question, int attempts, Duration timeout) throws InterruptedException {
    var last = new Reply(null, "it was not asked", Cause.AWAY);
    int attempt = 1;
    while (attempt <= attempts) {
      HttpResponse<byte[]> response = null;
      try {
        response = send(question.body(), timeout);
      } catch (TimeoutException e) {
        last = away("no answer within " + timeout.toMillis() + " ms");
      } catch (IOException e) {
        last = away(shown(e.getClass().getSimpleName() + ": " + e.getMessage()));
      }
      if (response != null) {
        int status = response.statusCode();
        if (status == OK) {
          return new Reply(response.body(), null, null);
        }
        var said = said(response);
        last = away(shown("HTTP %d: %s".formatted(status, said)));
        requireWelcome(status, last.fault());
        if (question.reworded(status, said)) {
          continue;
        }
        if (status != TOO_MANY && status < SERVER_FAULT) {
          return new Reply(null, last.fault(), Cause.REFUSED);
        }
      }
      if (attempt < attempts) {
        pause(attempt, response);
      }
      attempt++;
    }
    return last;
  }

  private static Reply away(String fault) {
    return new Reply(null, fault, Cause.AWAY);
  }

  private void requireWelcome(int status, String fault) {
    if (status >= MOVED && status < BAD_REQUEST) {
      throw RunFault.userError(
          Reason.INVALID_ENDPOINT,
          "%s answers with a redirection, which is not followed; give the address that it leads to."
              .formatted(address.uri()));
    }
    if (REFUSED.contains(status)) {
      throw RunFault.userError(
          Reason.INVALID_ENDPOINT,
          "%s refuses model %s, %s; check its address, the model's name and the key."
              .formatted(address.uri(), model, fault));
    }
  }

  private HttpResponse<byte[]> send(byte[] body, Duration timeout)
      throws IOException, TimeoutException, InterruptedException {
    address.requireAllowed();
    var request =
        HttpRequest.newBuilder(address.uri())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body));
    if (key != null) {
      request.header("Authorization", "Bearer " + key);
    }
    // The request's own timeout ends with the headers: a body may drip for ever.
    var sent =
        http.sendAsync(
            request.build(),
            BodyHandlers.limiting(BodyHandlers.ofByteArray(), EndpointLimits.MOST_BYTES));
    try {
      return sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } finally {
      sent.cancel(true);
    }
  }

  private String said(HttpResponse<byte[]> response) {
    try {
      return JSON.readTree(response.body()).at("/error/message").asText();
    } catch (IOException e) {
      return "";
    }
  }

  /** Endpoints like to repeat the key that they refuse. */
  private String shown(String text) {
    var line = withoutKey(text).replaceAll("\\s+", " ").strip();
    return line.length() > SHOWN ? line.substring(0, SHOWN) : line;
  }

  /** A text in which the key is not repeated. */
  String withoutKey(String text) {
    return key == null ? text : text.replace(key, "***");
  }

  private void pause(int attempt, HttpResponse<byte[]> response) throws InterruptedException {
    var asked =
        response == null
            ? limits.pause(attempt)
            : response
                .headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,6}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .orElseGet(() -> limits.pause(attempt));
    Thread.sleep(asked.compareTo(limits.longestPause()) < 0 ? asked : limits.longestPause());
  }

  /** Where it asks. */
  URI uri() {
    return address.uri();
  }

  /** The model, as the endpoint calls it. */
  String model() {
    return model;
  }

  /** Most tokens of an answer. */
  int maxTokens() {
    return limits.maxTokens();
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
