package dev.keizoku.crd.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.keizoku.contract.result.PlanResult;
import dev.keizoku.contract.result.TrainResult;
import java.util.Objects;

/** What became of a training. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public final class ContinualPretrainStatus {
  @JsonUnwrapped private RunStatus run = RunStatus.EMPTY;

  @JsonProperty
  @JsonPropertyDescription("What the run needs, worked out before it holds a device.")
  private PlanResult plan;

  @JsonProperty
  @JsonPropertyDescription("Result of the training.")
  private TrainResult training;

  @JsonProperty
  @JsonPropertyDescription("What kubectl get prints.")
  private Columns columns;

  /** For Jackson. */
  public ContinualPretrainStatus() {}

  /** A status in code. */
  public ContinualPretrainStatus(
      RunStatus run, PlanResult plan, TrainResult training, Columns columns) {
    this.run = run;
    this.plan = plan;
    this.training = training;
    this.columns = columns;
  }

  /** The part that all kinds have; never null. */
  public RunStatus run() {
    return run;
  }

  /** What the run needs; null until it is planned. */
  public PlanResult plan() {
    return plan;
  }

  /** Result of the training; null before there is one. */
  public TrainResult training() {
    return training;
  }

  /** What kubectl get prints; null before the first reconciliation. */
  public Columns columns() {
    return columns;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ContinualPretrainStatus that
        && run.equals(that.run)
        && Objects.equals(plan, that.plan)
        && Objects.equals(training, that.training)
        && Objects.equals(columns, that.columns);
  }

  @Override
  public int hashCode() {
    return Objects.hash(run, plan, training, columns);
  }

  /** Numbers as people read them. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Columns(
      @JsonPropertyDescription("Optimizer steps done and in all.") String step,
      @JsonPropertyDescription("Share done.") String progress,
      @JsonPropertyDescription("Newest training loss, nats a token.") String loss,
      @JsonPropertyDescription("Time to the end.") String eta,
      @JsonPropertyDescription("Devices, with their type when it is not gpu.") String gpus) {}
}
