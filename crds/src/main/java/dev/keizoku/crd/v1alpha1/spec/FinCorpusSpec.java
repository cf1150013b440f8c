package dev.keizoku.crd.v1alpha1.spec;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** How a FinCorpus is run, and its recipe; the fields of both lie side by side in the YAML. */
public final class FinCorpusSpec {
  @JsonUnwrapped private RunPolicy run = RunPolicy.DEFAULT;
  @JsonUnwrapped private CorpusRecipe recipe;

  /** For Jackson. */
  public FinCorpusSpec() {}

  /** A spec in code. */
  public FinCorpusSpec(RunPolicy run, CorpusRecipe recipe) {
    this.run = run;
    this.recipe = recipe;
  }

  /** How it is run; never null. */
  public RunPolicy run() {
    return run;
  }

  /** What a corpus is made of. A change builds a new version beside the old one. */
  public CorpusRecipe recipe() {
    return recipe;
  }
}
