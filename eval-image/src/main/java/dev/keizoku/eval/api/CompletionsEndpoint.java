package dev.keizoku.eval.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.eval.ApiModel;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.api.ApiAnswer.Cause;
import java.io.IOException;
import java.util.ArrayList;

/**
 * A model behind {@code BASE/completions} that repeats what it is given and tells how likely it
 * finds each token. Safe for use from many threads.
 *
 * <p>Source: EleutherAI/lm-evaluation-harness 0.4.9.1, {@code LocalCompletionsAPI}: tokens are
 * sent, {@code echo}, one log-probability a position, and one token is written that is not read.
 */
public final class CompletionsEndpoint implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PATH = "/completions";
  private static final int SEED = 1234;

  private final EndpointClient client;

  private CompletionsEndpoint(EndpointClient client) {
    this.client = client;
  }

  /**
   * A model as a run file names it.
   *
   * @param keyFile file with its key; null for an endpoint that wants none
   * @throws RunFault user error {@code InvalidEndpoint} for an address or a key that is none,
   *     {@code FileNotFound} for a key that cannot be read
   */
  public static CompletionsEndpoint of(ApiModel settings, String keyFile) {
    return new CompletionsEndpoint(EndpointClient.of(settings, keyFile, PATH, 1));
  }

  /** Where it is asked. */
  public String place() {
    return client.uri().toString();
  }

  /**
   * Asks how likely tokens are.
   *
   * @param tokens two at least
   * @throws RunFault user error {@code InvalidEndpoint} when the endpoint wants another key, model
   *     or address
   */
  public EchoedTokens ask(int... tokens) throws InterruptedException {
    return echoed(client.ask(new Asked(tokens)), tokens.length);
  }

  /** The same once and for a short time. */
  public EchoedTokens greet(int... tokens) throws InterruptedException {
    return echoed(client.greet(new Asked(tokens)), tokens.length);
  }

  private final class Asked implements EndpointClient.Question {
    private final int[] tokens;

    Asked(int[] tokens) {
      this.tokens = tokens;
    }

    @Override
    public byte[] body() {
      var body = JSON.createObjectNode().put("model", client.model());
      var prompt = body.putArray("prompt");
      for (int token : tokens) {
        prompt.add(token);
      }
      body.put("temperature", 0).put("max_tokens", 1).put("logprobs", 1);
      body.put("seed", SEED).put("echo", true);
      try {
        return JSON.writeValueAsBytes(body);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public boolean reworded(int status, String said) {
      return false;
    }
  }

  private EchoedTokens echoed(EndpointClient.Reply reply, int count) {
    if (reply.body() == null) {
      return EchoedTokens.none(reply.fault(), reply.cause());
    }
    JsonNode told;
    try {
      told = JSON.readTree(reply.body()).at("/choices/0/logprobs");
    } catch (IOException e) {
      return EchoedTokens.none("its answer is not JSON", Cause.RUBBISH);
    }
    var values = told.path("token_logprobs");
    if (values.size() < count) {
      return EchoedTokens.none(
          "its answer has no choices[0].logprobs.token_logprobs of what it was given",
          Cause.RUBBISH);
    }
    var tokens = new ArrayList<String>();
    var logLikelihoods = new double[count];
    var likeliest = new boolean[count];
    for (int i = 0; i < count; i++) {
      tokens.add(client.withoutKey(told.path("tokens").path(i).asText()));
      logLikelihoods[i] = values.get(i).asDouble(Double.NaN);
      double most = Double.NEGATIVE_INFINITY;
      for (var one : told.path("top_logprobs").path(i)) {
        most = Math.max(most, one.asDouble(Double.NEGATIVE_INFINITY));
      }
      likeliest[i] = logLikelihoods[i] >= most;
    }
    return new EchoedTokens(tokens, logLikelihoods, likeliest, null, null);
  }

  @Override
  public void close() {
    client.close();
  }
}
