package dev.keizoku.crd.v1alpha1;

import dev.keizoku.crd.v1alpha1.spec.RunPolicy;
import dev.keizoku.crd.v1alpha1.status.RunStatus;

/** A resource whose work is a run of one program in one pod: what the three kinds share. */
public interface RunResource {

  /** The part of the spec that says how it is run; never null. */
  RunPolicy runPolicy();

  /** The shared part of the status; {@link RunStatus#EMPTY} before the operator has seen it. */
  RunStatus runStatus();
}
