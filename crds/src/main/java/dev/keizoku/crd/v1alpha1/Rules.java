package dev.keizoku.crd.v1alpha1;

/** Wording of the CEL rules that more than one kind carries. */
final class Rules {

  static final String NAME_FITS = "self.metadata.name.size() <= 52";
  static final String NAME_FITS_MESSAGE =
      "metadata.name must have at most 52 characters (names of Jobs are made from it)";

  /** True while the run has not started; a rule continues with what must then stay as it was. */
  static final String NOT_STARTED = "!has(oldSelf.status) || !has(oldSelf.status.startTime) || ";

  static final String KEEPS =
      " cannot change after the run has started; create a resource with another name instead";

  private Rules() {}
}
