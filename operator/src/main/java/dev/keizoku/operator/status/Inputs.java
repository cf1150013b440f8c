package dev.keizoku.operator.status;

import dev.keizoku.crd.v1alpha1.status.Ancestor;
import dev.keizoku.crd.v1alpha1.status.Input;
import dev.keizoku.operator.words.RunReason;
import java.util.List;

/**
 * What a run reads.
 *
 * @param resolved every input with its place and digest; only complete when {@code reason} is null
 * @param lineage what those were made from, down to the sources
 * @param reason why it cannot start yet; null when all is there
 * @param message one sentence about that
 */
public record Inputs(
    List<Input> resolved, List<Ancestor> lineage, RunReason reason, String message) {

  /** All is there. */
  public static Inputs ready(List<Input> resolved) {
    return ready(resolved, List.of());
  }

  /** The same, of which it is known what it was made from. */
  public static Inputs ready(List<Input> resolved, List<Ancestor> lineage) {
    return new Inputs(List.copyOf(resolved), List.copyOf(lineage), null, null);
  }

  /** Something is missing. */
  public static Inputs missing(RunReason reason, String message) {
    return new Inputs(List.of(), List.of(), reason, message);
  }

  /** True when the run may start. */
  public boolean isReady() {
    return reason == null;
  }
}
