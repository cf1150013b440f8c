package dev.keizoku.eval.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.eval.ApiModel;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.api.ApiAnswer.Cause;
import java.io.IOException;
import java.net.URI;

/** A model behind {@code BASE/chat/completions}. Safe for use from many threads. */
public final class ChatEndpoint implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PATH = "/chat/completions";
  private static final int LETTERS_A_TOKEN = 32;

  private final EndpointClient client;
  private volatile Dialect dialect = Dialect.USUAL;

  /**
   * @param base such as {@code https://api.example.com/v1}
   * @param model as the endpoint calls it
   * @param key bearer token; null for an endpoint that wants none
   * @throws RunFault user error {@code InvalidEndpoint} when the address is none, or more than one
   */
  public ChatEndpoint(URI base, String model, String key, EndpointLimits limits) {
    this(new EndpointClient(base, PATH, model, key, limits));
  }

  private ChatEndpoint(EndpointClient client) {
    this.client = client;
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
    return new ChatEndpoint(EndpointClient.of(settings, keyFile, PATH, maxTokens));
  }

  /** What its answers depend on beside the question. */
  public String identity() {
    return "%s %s %d".formatted(client.uri(), client.model(), client.maxTokens());
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
    return ask(ChatRequest.greedy(system, question, client.maxTokens()));
  }

  /**
   * Asks for one answer.
   *
   * @throws RunFault as the other
   */
  public ApiAnswer ask(ChatRequest request) throws InterruptedException {
    return answer(client.ask(new Asked(request)), request);
  }

  /**
   * Asks something small once, before hours of work that end with such questions: an endpoint that
   * is away now may be back by then.
   *
   * @throws RunFault as {@link #ask}
   */
  public void greet() throws InterruptedException {
    client.greet(
        new Asked(ChatRequest.greedy("You are being tried out.", "Say OK.", client.maxTokens())));
  }

  /** A request in the dialect that the endpoint is known to speak by then. */
  private final class Asked implements EndpointClient.Question {
    private final ChatRequest request;
    private Dialect spoken;

    Asked(ChatRequest request) {
      this.request = request;
    }

    @Override
    public byte[] body() {
      spoken = dialect;
      return spoken.body(client.model(), request);
    }

    @Override
    public boolean reworded(int status, String said) {
      var other = spoken.after(status, said);
      if (other.equals(spoken)) {
        return false;
      }
      learn(other);
      return true;
    }
  }

  /** What one thread has learnt, another that was asked before does not take back. */
  private synchronized void learn(Dialect more) {
    dialect = dialect.and(more);
  }

  private ApiAnswer answer(EndpointClient.Reply reply, ChatRequest request) {
    return reply.body() == null
        ? ApiAnswer.none(reply.fault(), reply.cause())
        : text(reply.body(), request.maxTokens());
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
        : ApiAnswer.of(
            client.withoutKey(text), !choice.path("finish_reason").asText().equals("length"));
  }

  @Override
  public void close() {
    client.close();
  }
}
