package dev.keizoku.crd.v1alpha1;

/** Wording of the CEL rules that more than one kind carries. */
final class Rules {

  static final String NAME_FITS = "self.metadata.name.size() <= 52";
  static final String NAME_FITS_MESSAGE =
      "metadata.name must have at most 52 characters (names of Jobs are made from it)";

  /** True while no run has started; a rule continues with what must then stay as it was. */
  static final String NEVER_STARTED = "!has(oldSelf.status) || !has(oldSelf.status.startTime) || ";

  /** True while the run has not started, or another one is begun; continued alike. */
  static final String NOT_STARTED =
      NEVER_STARTED
          + "(has(self.spec.runId) ? self.spec.runId : '')"
          + " != (has(oldSelf.spec.runId) ? oldSelf.spec.runId : '') || ";

  /**
   * True while the run stands still: then the next attempt, which begins from the newest
   * checkpoint, can be another one. Both the wish and what the operator has made of it, so that no
   * attempt can begin in between; continued as {@link #NOT_STARTED} is.
   */
  static final String STANDS_STILL =
      "(has(oldSelf.status.phase) && (oldSelf.status.phase == 'Failed'"
          + " || (oldSelf.status.phase == 'Suspended' && oldSelf.spec.suspend))) || ";

  static final String CHANGE_WHILE_SUSPENDED =
      " can change only while the run is suspended or has failed;"
          + " set spec.suspend to true and wait for the phase Suspended";

  static final String KEEPS =
      " cannot change after the run has started;"
          + " create a resource with another name, or set another spec.runId";

  static final String KEEPS_ALWAYS =
      " cannot change after a run has started; create a resource with another name instead";

  private Rules() {}
}
