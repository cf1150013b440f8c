package dev.keizoku.contract.train;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.keizoku.contract.setting.Defaults;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** Constants of AdamW (Loshchilov and Hutter 2019). */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Optimizer(
    @JsonPropertyDescription("Decay of the first moment, 0 to 1.")
        @Default("0.9")
        @Min(0)
        @Max(value = 1, inclusive = false)
        Double beta1,
    @JsonPropertyDescription("Decay of the second moment, 0 to 1.")
        @Default("0.999")
        @Min(0)
        @Max(value = 1, inclusive = false)
        Double beta2,
    @JsonPropertyDescription("Added to the root of the second moment.")
        @Default("1.0e-8")
        @Min(value = 0, inclusive = false)
        @Max(1)
        Double epsilon,
    @JsonPropertyDescription("Decoupled weight decay; norms and biases are not decayed.")
        @Default("0")
        @Min(0)
        @Max(10)
        Double weightDecay,
    @JsonPropertyDescription("Global norm at which gradients are clipped; 0 switches clipping off.")
        @Default("1")
        @Min(0)
        Double maxGradNorm) {

  /** Fills the schema's defaults. */
  public Optimizer {
    beta1 = Defaults.of(Optimizer.class, "beta1", beta1);
    beta2 = Defaults.of(Optimizer.class, "beta2", beta2);
    epsilon = Defaults.of(Optimizer.class, "epsilon", epsilon);
    weightDecay = Defaults.of(Optimizer.class, "weightDecay", weightDecay);
    maxGradNorm = Defaults.of(Optimizer.class, "maxGradNorm", maxGradNorm);
  }
}
