package dev.keizoku.operator.status;

import dev.keizoku.crd.v1alpha1.status.Input;
import dev.keizoku.operator.words.RunReason;
import java.util.List;

/**
 * What a run reads.
 *
 * @param resolved every input with its place and digest; only complete when {@code reason} is null
 * @param reason why it cannot start yet; null when all is there
 * @param message one sentence about that
 */
public record Inputs(List<Input> resolved, RunReason reason, String message) {

  /** All is there. */
  public static Inputs ready(List<Input> resolved) {
    return new Inputs(List.copyOf(resolved), null, null);
  }

  /** Something is missing. */
  public static Inputs missing(RunReason reason, String message) {
    return new Inputs(List.of(), reason, message);
  }

  /** True when the run may start. */
  public boolean isReady() {
    return reason == null;
  }
}
