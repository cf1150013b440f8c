package dev.keizoku.eval.api;

import com.fasterxml.jackson.databind.JsonNode;
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
 * A model behind {@code BASE/chat/completions}. Safe for use from many threads. The key goes into
 * one header and nowhere else; redirects are not followed, so that it goes nowhere else either.
 */
public final class ChatEndpoint implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OK = 200;
  private static final int MOVED = 300;
  private static final int BAD_REQUEST = 400;
  private static final int TOO_MANY = 429;
  private static final int SERVER_FAULT = 500;
  private static final Set<Integer> REFUSED = Set.of(401, 403, 404);
  private static final int SHOWN = 200;
  private static final int LETTERS_A_TOKEN = 32;

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
  private volatile Dialect dialect = Dialect.USUAL;

  /**
   * @param base such as {@code https://api.example.com/v1}
   * @param model as the endpoint calls it
   * @param key bearer token; null for an endpoint that wants none
   * @throws RunFault user error {@code InvalidEndpoint} when the address is none, or more than one
   */
  public ChatEndpoint(URI base, String model, String key, EndpointLimits limits) {
    this.address = new EndpointAddress(base, "/chat/completions", key != null);
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
  public static ChatEndpoint of(ApiModel settings, String keyFile, int maxTokens) {
    return new ChatEndpoint(
        address(settings.endpoint()),
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

  /** What its answers depend on beside the question. */
  public String identity() {
    return "%s %s %d".formatted(address.uri(), model, limits.maxTokens());
  }

  /**
   * Asks for one answer, greedily. What the endpoint does not give in time, in size or in form is
   * no answer; it never throws for that.
   *
   * @param system what it is told first
   * @throws RunFault user error {@code InvalidEndpoint} when the endpoint wants another key, model
   *     or address: no other question would fare better
   */
  public ApiAnswer ask(String system, String question) throws InterruptedException {
    return ask(ChatRequest.greedy(system, question, limits.maxTokens()));
  }

  /**
   * Asks for one answer.
   *
   * @throws RunFault as the other
   */
  public ApiAnswer ask(ChatRequest request) throws InterruptedException {
    return ask(request, limits.attempts(), limits.timeout());
  }

  /**
   * Asks something small once, before hours of work that end with such questions: an endpoint that
   * is away now may be back by then.
   *
   * @throws RunFault as {@link #ask}
   */
  public void greet() throws InterruptedException {
    var greeting = ChatRequest.greedy("You are being tried out.", "Say OK.", limits.maxTokens());
    ask(greeting, 1, GREETING);
  }

  private ApiAnswer ask(ChatRequest request, int attempts, Duration timeout)
      throws InterruptedException {
    var last = ApiAnswer.none("it was not asked", Cause.AWAY);
    int attempt = 1;
    while (attempt <= attempts) {
      var asked = dialect;
      HttpResponse<byte[]> response = null;
      try {
        response = send(asked.body(model, request), timeout);
      } catch (TimeoutException e) {
        last = ApiAnswer.none("no answer within " + timeout.toMillis() + " ms", Cause.AWAY);
      } catch (IOException e) {
        last =
            ApiAnswer.none(shown(e.getClass().getSimpleName() + ": " + e.getMessage()), Cause.AWAY);
      }
      if (response != null) {
        int status = response.statusCode();
        if (status == OK) {
          return text(response.body(), request.maxTokens());
        }
        var said = said(response);
        last = ApiAnswer.none(shown("HTTP %d: %s".formatted(status, said)), Cause.AWAY);
        requireWelcome(status, last.fault());
        var other = asked.after(status, said);
        if (!other.equals(asked)) {
          learn(other);
          continue;
        }
        if (status != TOO_MANY && status < SERVER_FAULT) {
          return ApiAnswer.none(last.fault(), Cause.REFUSED);
        }
      }
      if (attempt < attempts) {
        pause(attempt, response);
      }
      attempt++;
    }
    return last;
  }

  /** What one thread has learnt, another that was asked before does not take back. */
  private synchronized void learn(Dialect more) {
    dialect = dialect.and(more);
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

  private ApiAnswer text(byte[] body, int maxTokens) {
    JsonNode choice;
    try {
      choice = JSON.readTree(body).at("/choices/0");
    } catch (IOException e) {
      return ApiAnswer.none("its answer is not JSON", Cause.RUBBISH);
    }
    var content = choice.at("/message/content");
    if (!content.isTextual() && !content.isNull()) {
      return ApiAnswer.none("its answer has no choices[0].message.content", Cause.RUBBISH);
    }
    // A model that thinks until it may write no more says null.
    var text = content.isNull() ? "" : content.textValue();
    return text.length() > (long) maxTokens * LETTERS_A_TOKEN
        ? ApiAnswer.none("its answer is longer than max_tokens allows", Cause.RUBBISH)
        : ApiAnswer.of(withoutKey(text), !choice.path("finish_reason").asText().equals("length"));
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

  private String withoutKey(String text) {
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

  @Override
  public void close() {
    http.shutdownNow();
  }
}
