package dev.keizoku.eval.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
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
  private static final int TOO_MANY = 429;
  private static final int SERVER_FAULT = 500;
  private static final Set<Integer> REFUSED = Set.of(401, 403, 404);
  private static final int SHOWN = 200;

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(Duration.ofSeconds(20))
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final URI uri;
  private final String model;
  private final String key;
  private final EndpointLimits limits;

  /**
   * @param base such as {@code https://api.example.com/v1}
   * @param model as the endpoint calls it
   * @param key bearer token; null for an endpoint that wants none
   * @throws RunFault user error {@code InvalidEndpoint} when the address is none, or more than one
   */
  public ChatEndpoint(URI base, String model, String key, EndpointLimits limits) {
    this.uri = address(base);
    this.model = model;
    this.key = key;
    this.limits = limits;
  }

  /** Who is told of it may not be who may know what stands in it: it is not repeated. */
  private static URI address(URI base) {
    if (!Set.of("http", "https").contains(String.valueOf(base.getScheme()))
        || base.getHost() == null) {
      throw RunFault.userError(
          Reason.INVALID_ENDPOINT,
          "The endpoint is no address; give one such as https://api.example.com/v1.");
    }
    if (base.getRawUserInfo() != null
        || base.getRawQuery() != null
        || base.getRawFragment() != null) {
      throw RunFault.userError(
          Reason.INVALID_ENDPOINT,
          "The endpoint of %s has a user, a ? or a # in it; give the address alone, such as https://api.example.com/v1, and its key as a file."
              .formatted(base.getHost()));
    }
    return URI.create(base.toString().replaceAll("/+$", "") + "/chat/completions");
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
    var body = body(system, question);
    var last = ApiAnswer.none("it was not asked");
    for (int attempt = 1; attempt <= limits.attempts(); attempt++) {
      HttpResponse<byte[]> response;
      try {
        response = send(body);
      } catch (TimeoutException e) {
        last = ApiAnswer.none("no answer within " + limits.timeout().toMillis() + " ms");
        pause(attempt, null);
        continue;
      } catch (IOException e) {
        last = ApiAnswer.none(shown(e.getClass().getSimpleName() + ": " + e.getMessage()));
        pause(attempt, null);
        continue;
      }
      if (response.statusCode() == OK) {
        return text(response.body());
      }
      last = ApiAnswer.none(shown("HTTP %d: %s".formatted(response.statusCode(), said(response))));
      if (REFUSED.contains(response.statusCode())) {
        throw RunFault.userError(
            Reason.INVALID_ENDPOINT,
            "%s refuses model %s, %s; check its address, the model's name and the key."
                .formatted(uri, model, last.fault()));
      }
      if (response.statusCode() != TOO_MANY && response.statusCode() < SERVER_FAULT) {
        return last;
      }
      pause(attempt, response);
    }
    return last;
  }

  private HttpResponse<byte[]> send(byte[] body)
      throws IOException, TimeoutException, InterruptedException {
    var request =
        HttpRequest.newBuilder(uri)
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
      return sent.get(limits.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } finally {
      sent.cancel(true);
    }
  }

  private byte[] body(String system, String question) {
    var body = JSON.createObjectNode();
    body.put("model", model).put("temperature", 0).put("max_tokens", limits.maxTokens());
    var messages = body.putArray("messages");
    messages.addObject().put("role", "system").put("content", system);
    messages.addObject().put("role", "user").put("content", question);
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private ApiAnswer text(byte[] body) {
    JsonNode content;
    try {
      content = JSON.readTree(body).at("/choices/0/message/content");
    } catch (IOException e) {
      return ApiAnswer.none("its answer is not JSON");
    }
    return content.isTextual()
        ? ApiAnswer.of(content.textValue())
        : ApiAnswer.none("its answer has no choices[0].message.content");
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
    var safe = key == null ? text : text.replace(key, "***");
    var line = safe.replaceAll("\\s+", " ").strip();
    return line.length() > SHOWN ? line.substring(0, SHOWN) : line;
  }

  private void pause(int attempt, HttpResponse<byte[]> response) throws InterruptedException {
    if (attempt == limits.attempts()) {
      return;
    }
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
