package dev.keizoku.eval.api;

import dev.keizoku.eval.api.ApiAnswer.Cause;
import java.util.List;

/**
 * What a model says of the tokens that it was given.
 *
 * @param tokens as the endpoint writes them; null where there is no answer
 * @param logLikelihoods of each token after those before it, nats; of the first nothing is known
 * @param likeliest whether it is the likeliest one there
 * @param fault why there is no answer, one line without the key; null where there is one
 * @param cause what kind of fault that is; null where there is an answer
 */
public record EchoedTokens(
    List<String> tokens, double[] logLikelihoods, boolean[] likeliest, String fault, Cause cause) {

  static EchoedTokens none(String fault, Cause cause) {
    return new EchoedTokens(null, null, null, fault, cause);
  }
}
