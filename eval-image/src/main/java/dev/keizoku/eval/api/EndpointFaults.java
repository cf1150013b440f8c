package dev.keizoku.eval.api;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;

/** What ends a run that needs an endpoint's answers. */
public final class EndpointFaults {
  private EndpointFaults() {}

  /**
   * It does not answer now.
   *
   * @param name of the model behind it
   * @param fault one line without the key
   */
  public static RunFault silent(String name, String fault) {
    return RunFault.tryAgain(
        Reason.ENDPOINT_SILENT,
        "%s gives no answer: %s. What it has answered is kept; look after its endpoint, or take longer timeoutSeconds and more maxRetries."
            .formatted(name, fault),
        null);
  }
}
