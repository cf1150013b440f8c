package dev.keizoku.crd.v1alpha1.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** Constants of AdamW (Loshchilov and Hutter 2019). */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Optimizer(
    @JsonPropertyDescription("Decay of the first moment, 0 to 1. Default: 0.9.")
        @Default("0.9")
        @Min(0)
        @Max(value = 1, inclusive = false)
        Double beta1,
    @JsonPropertyDescription("Decay of the second moment, 0 to 1. Default: 0.999.")
        @Default("0.999")
        @Min(0)
        @Max(value = 1, inclusive = false)
        Double beta2,
    @JsonPropertyDescription("Added to the root of the second moment. Default: 1e-8.")
        @Default("1.0e-8")
        @Min(value = 0, inclusive = false)
        @Max(1)
        Double epsilon,
    @JsonPropertyDescription(
            "Decoupled weight decay; norms and biases are not decayed. Default: 0.")
        @Default("0")
        @Min(0)
        @Max(10)
        Double weightDecay,
    @JsonPropertyDescription(
            "Global norm at which gradients are clipped; 0 switches clipping off. Default: 1.")
        @Default("1")
        @Min(0)
        Double maxGradNorm) {

  /** Fills the schema's defaults. */
  public Optimizer {
    beta1 = beta1 == null ? 0.9 : beta1;
    beta2 = beta2 == null ? 0.999 : beta2;
    epsilon = epsilon == null ? 1e-8 : epsilon;
    weightDecay = weightDecay == null ? 0.0 : weightDecay;
    maxGradNorm = maxGradNorm == null ? 1.0 : maxGradNorm;
  }
}
