package dev.keizoku.eval.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * How a model wants to be asked: models that think refuse {@code temperature} and know {@code
 * max_tokens} by another name, and say so.
 *
 * @param completionTokens whether the most tokens are {@code max_completion_tokens}
 * @param temperature whether it may be told
 */
record Dialect(boolean completionTokens, boolean temperature) {
  /** What most endpoints speak. */
  static final Dialect USUAL = new Dialect(false, true);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BAD_REQUEST = 400;

  /** The one to go on with after a refusal; the same when that was about something else. */
  Dialect after(int status, String said) {
    if (status != BAD_REQUEST) {
      return this;
    }
    if (!completionTokens && said.contains("max_completion_tokens")) {
      return new Dialect(true, temperature);
    }
    return temperature && said.contains("temperature")
        ? new Dialect(completionTokens, false)
        : this;
  }

  /** What both have learnt. */
  Dialect and(Dialect other) {
    return new Dialect(
        completionTokens || other.completionTokens, temperature && other.temperature);
  }

  /** The body of a request. */
  byte[] body(String model, ChatRequest request) {
    var body = JSON.createObjectNode().put("model", model);
    var sampling = request.sampling();
    if (temperature) {
      body.put("temperature", sampling == null ? 0 : sampling.temperature());
    }
    if (sampling != null) {
      body.put("top_p", sampling.topP()).put("seed", sampling.seed());
      if (sampling.topK() > 0) {
        body.put("top_k", sampling.topK());
      }
    }
    body.put(completionTokens ? "max_completion_tokens" : "max_tokens", request.maxTokens());
    if (!request.stop().isEmpty()) {
      var stop = body.putArray("stop");
      request.stop().stream().limit(ChatRequest.MOST_STOPS).forEach(stop::add);
    }
    body.set("messages", JSON.valueToTree(request.turns()));
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
