package dev.keizoku.crd.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.keizoku.contract.result.EvalPlan;
import dev.keizoku.contract.result.EvalResult;
import java.util.Objects;

/** What became of an evaluation. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public final class BenchmarkEvalStatus {
  @JsonUnwrapped private RunStatus run = RunStatus.EMPTY;

  @JsonProperty
  @JsonPropertyDescription(
      "What the run asks, takes and can show, worked out before it holds a device.")
  private EvalPlan plan;

  @JsonProperty
  @JsonPropertyDescription("Scores with the intervals of the differences.")
  private EvalResult evaluation;

  @JsonProperty
  @JsonPropertyDescription("What kubectl get prints.")
  private Columns columns;

  /** For Jackson. */
  public BenchmarkEvalStatus() {}

  /** A status in code. */
  public BenchmarkEvalStatus(RunStatus run, EvalPlan plan, EvalResult evaluation, Columns columns) {
    this.run = run;
    this.plan = plan;
    this.evaluation = evaluation;
    this.columns = columns;
  }

  /** The part that all kinds have; never null. */
  public RunStatus run() {
    return run;
  }

  /** What the run asks, takes and can show; null until it is planned. */
  public EvalPlan plan() {
    return plan;
  }

  /** Scores with the intervals of the differences; null before there is one. */
  public EvalResult evaluation() {
    return evaluation;
  }

  /** What kubectl get prints; null before the first reconciliation. */
  public Columns columns() {
    return columns;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BenchmarkEvalStatus that
        && run.equals(that.run)
        && Objects.equals(plan, that.plan)
        && Objects.equals(evaluation, that.evaluation)
        && Objects.equals(columns, that.columns);
  }

  @Override
  public int hashCode() {
    return Objects.hash(run, plan, evaluation, columns);
  }

  /** Numbers as people read them. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Columns(
      @JsonPropertyDescription("Overall score of the base model, 0 to 1.") String base,
      @JsonPropertyDescription("Overall score of the candidate, 0 to 1.") String tuned,
      @JsonPropertyDescription("Candidate minus base, with the interval.") String delta,
      @JsonPropertyDescription("yes when DELTA is more than chance explains, by its exact test.")
          String sig,
      @JsonPropertyDescription("PASS, BLOCK, INCONCLUSIVE, or - without a gate.") String gate,
      @JsonPropertyDescription("Share of the requests done.") String progress) {}
}
