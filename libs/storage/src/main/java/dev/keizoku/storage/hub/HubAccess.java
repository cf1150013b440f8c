package dev.keizoku.storage.hub;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import java.net.URI;
import java.util.Map;

/**
 * How to reach a model hub that speaks the Hugging Face API.
 *
 * @param endpoint URL without a slash at its end, for instance {@code https://huggingface.co}
 * @param token sent to the endpoint and nowhere else, never in a message or a log; null for public
 *     models
 */
public record HubAccess(String endpoint, String token) {
  private static final String DEFAULT_ENDPOINT = "https://huggingface.co";

  /**
   * Checks the endpoint.
   *
   * @throws RunFault user error {@code InvalidEndpoint} when it is not an http or https URL
   */
  public HubAccess {
    endpoint = endpoint.replaceAll("/+$", "");
    if (!endpoint.matches("https?://[^/?#@\\s]+(/[^?#\\s]*)?")) {
      // The endpoint itself is not repeated: someone may have put a password into the URL.
      throw RunFault.userError(
          Reason.INVALID_ENDPOINT, "HF_ENDPOINT is not a URL such as " + DEFAULT_ENDPOINT + ".");
    }
  }

  /**
   * The access that environment variables give, read by a {@code *Main} and passed on.
   *
   * @param environment may hold {@code HF_ENDPOINT} and {@code HF_TOKEN}; without them it is the
   *     public hub
   */
  public static HubAccess fromEnvironment(Map<String, String> environment) {
    var endpoint = environment.getOrDefault("HF_ENDPOINT", "").strip();
    var token = environment.getOrDefault("HF_TOKEN", "").strip();
    return new HubAccess(
        endpoint.isEmpty() ? DEFAULT_ENDPOINT : endpoint, token.isEmpty() ? null : token);
  }

  /** Whether a URL is the endpoint's own host, to which the token may go. */
  boolean owns(URI url) {
    var own = URI.create(endpoint);
    return own.getScheme().equals(url.getScheme()) && own.getAuthority().equals(url.getAuthority());
  }

  @Override
  public String toString() {
    return "HubAccess[endpoint=" + endpoint + "]";
  }
}
