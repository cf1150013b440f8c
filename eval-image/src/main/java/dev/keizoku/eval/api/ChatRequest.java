package dev.keizoku.eval.api;

import java.util.List;

/**
 * What a model behind an endpoint is asked.
 *
 * @param turns of the conversation, the last one the user's
 * @param maxTokens of its answer
 * @param stop texts that end it; endpoints know four at most, so that more are not sent
 * @param sampling how tokens are drawn; null takes the likeliest
 */
public record ChatRequest(List<Turn> turns, int maxTokens, List<String> stop, Sampling sampling) {
  static final int MOST_STOPS = 4;

  /** What somebody said. */
  public record Turn(String role, String content) {}

  /**
   * How tokens are drawn.
   *
   * @param temperature above 0
   * @param topK 0 for all, which is not sent: not all endpoints know it
   * @param topP 0 to 1
   * @param seed that endpoints follow as well as they can
   */
  public record Sampling(double temperature, int topK, double topP, long seed) {}

  /** A question that is answered greedily. */
  static ChatRequest greedy(String system, String question, int maxTokens) {
    var turns = List.of(new Turn("system", system), new Turn("user", question));
    return new ChatRequest(turns, maxTokens, List.of(), null);
  }
}
