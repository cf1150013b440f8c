package dev.keizoku.crd.v1alpha1.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.keizoku.contract.TrainRun.DeviceType;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** Devices and sharding, in DeepSpeed's words. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Parallelism(
    @JsonPropertyDescription("Number of devices (ranks), all in one pod. Default: 4.")
        @Default("4")
        @Min(1)
        @Max(64)
        Integer devices,
    @JsonPropertyDescription(
            "What a rank runs on: gpu, cpu, or auto for GPUs where there are any. With gpu and auto "
                + "the pod asks for as many nvidia.com/gpu as devices. Default: auto.")
        @Default("auto")
        DeviceType deviceType,
    @JsonPropertyDescription(
            "0 shards nothing, 1 the optimizer state, 2 the gradients too, 3 the parameters too. "
                + "Default: 1.")
        @Default("1")
        @Min(0)
        @Max(3)
        Integer zeroStage,
    @JsonPropertyDescription(
            "Keep fp32 weights and moments in host memory and update them there: less memory of the "
                + "device, slower updates. Default: false.")
        @Default("false")
        Boolean offloadOptimizer,
    @JsonPropertyDescription(
            "Keep only each layer's input and compute the rest again in the backward pass: less "
                + "memory, about a third more work. Default: false.")
        @Default("false")
        Boolean activationCheckpointing) {

  /** Fills the schema's defaults. */
  public Parallelism {
    devices = devices == null ? 4 : devices;
    deviceType = deviceType == null ? DeviceType.AUTO : deviceType;
    zeroStage = zeroStage == null ? 1 : zeroStage;
    offloadOptimizer = offloadOptimizer != null && offloadOptimizer;
    activationCheckpointing = activationCheckpointing != null && activationCheckpointing;
  }
}
