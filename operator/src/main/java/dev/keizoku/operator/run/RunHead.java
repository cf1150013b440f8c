package dev.keizoku.operator.run;

import dev.keizoku.contract.run.StorageSpec;
import dev.keizoku.crd.v1alpha1.status.Input;
import java.util.List;

/**
 * What every run file begins with, as the status pinned it.
 *
 * @param runUid identity of the run
 * @param name {@code namespace/name}
 * @param storage the object store
 * @param output where artifacts go
 * @param shared folder of all that the namespace's runs leave
 * @param inputs what is read
 */
public record RunHead(
    String runUid,
    String name,
    StorageSpec storage,
    String output,
    String shared,
    List<Input> inputs) {

  /**
   * The pinned input.
   *
   * @throws IllegalStateException when the status does not have it, which a rule of the definitions
   *     rules out
   */
  public Input input(String kind, String inputName) {
    return inputs.stream()
        .filter(i -> kind.equals(i.kind()) && inputName.equals(i.name()))
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("status.inputs lacks " + kind + " " + inputName));
  }
}
