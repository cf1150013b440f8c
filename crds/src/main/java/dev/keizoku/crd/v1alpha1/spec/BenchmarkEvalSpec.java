package dev.keizoku.crd.v1alpha1.spec;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** How a BenchmarkEval is run, and its recipe; the fields of both lie side by side in the YAML. */
public final class BenchmarkEvalSpec {
  @JsonUnwrapped private RunPolicy run = RunPolicy.DEFAULT;
  @JsonUnwrapped private EvaluationRecipe recipe;

  /** For Jackson. */
  public BenchmarkEvalSpec() {}

  /** A spec in code. */
  public BenchmarkEvalSpec(RunPolicy run, EvaluationRecipe recipe) {
    this.run = run;
    this.recipe = recipe;
  }

  /** How it is run; never null. */
  public RunPolicy run() {
    return run;
  }

  /** Which models are compared, on what. */
  public EvaluationRecipe recipe() {
    return recipe;
  }
}
