package dev.keizoku.crd.v1alpha1.spec;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * How a ContinualPretrain is run, and its recipe; the fields of both lie side by side in the YAML.
 */
public final class ContinualPretrainSpec {
  @JsonUnwrapped private RunPolicy run = RunPolicy.DEFAULT;
  @JsonUnwrapped private TrainingRecipe recipe;

  /** For Jackson. */
  public ContinualPretrainSpec() {}

  /** A spec in code. */
  public ContinualPretrainSpec(RunPolicy run, TrainingRecipe recipe) {
    this.run = run;
    this.recipe = recipe;
  }

  /** How it is run; never null. */
  public RunPolicy run() {
    return run;
  }

  /** What is trained, on what and how. */
  public TrainingRecipe recipe() {
    return recipe;
  }
}
