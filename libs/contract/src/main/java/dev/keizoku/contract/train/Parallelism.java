package dev.keizoku.contract.train;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.keizoku.contract.setting.Defaults;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** Devices and sharding, in DeepSpeed's words. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Parallelism(
    @JsonPropertyDescription("Number of devices (ranks), all in one pod.")
        @Default("4")
        @Min(1)
        @Max(64)
        Integer devices,
    @JsonPropertyDescription(
            "What a rank runs on: gpu, cpu, or auto for GPUs where there are any. With gpu and auto "
                + "the pod asks for as many nvidia.com/gpu as devices, unless podTemplate.resources.limits "
                + "names another number; with auto and 0 there the ranks are CPU ranks. "
                + "Default: auto.")
        @Default("auto")
        DeviceType deviceType,
    @JsonPropertyDescription(
            "Kind of GPU that the run is planned for, for instance A100-80GB; a name that is not "
                + "known is answered with those that are. A run that does not fit is refused before "
                + "a GPU is held. Default: the GPU that podTemplate.nodeSelector names by "
                + "nvidia.com/gpu.product; when none is known, nothing is refused beforehand. Not "
                + "looked at on CPUs, where podTemplate.resources.limits.memory is the limit.")
        @Pattern("^[A-Za-z0-9][-A-Za-z0-9._]*$")
        @Size(max = 63)
        String deviceKind,
    @JsonPropertyDescription(
            "0 shards nothing, 1 the optimizer state, 2 the gradients too, 3 the parameters too. "
                + "Default: 1.")
        @Default("1")
        @Min(0)
        @Max(3)
        Integer zeroStage,
    @JsonPropertyDescription(
            "Keep fp32 weights and moments in host memory and update them there: less memory of the "
                + "device, slower updates.")
        @Default("false")
        Boolean offloadOptimizer,
    @JsonPropertyDescription(
            "Keep only each layer's input and compute the rest again in the backward pass: less "
                + "memory, about a third more work.")
        @Default("false")
        Boolean activationCheckpointing) {

  /** Fills the schema's defaults. */
  public Parallelism {
    devices = Defaults.of(Parallelism.class, "devices", devices);
    deviceType = Defaults.of(Parallelism.class, "deviceType", deviceType);
    zeroStage = Defaults.of(Parallelism.class, "zeroStage", zeroStage);
    offloadOptimizer = Defaults.of(Parallelism.class, "offloadOptimizer", offloadOptimizer);
    activationCheckpointing =
        Defaults.of(Parallelism.class, "activationCheckpointing", activationCheckpointing);
  }

  /** What a rank runs on. */
  public enum DeviceType {
    /** GPUs where there are any, else CPU ranks. */
    @JsonProperty("auto")
    AUTO,
    @JsonProperty("gpu")
    GPU,
    @JsonProperty("cpu")
    CPU
  }

  /** The same with its ranks on devices of that type. */
  public Parallelism on(DeviceType type) {
    return new Parallelism(
        devices, type, deviceKind, zeroStage, offloadOptimizer, activationCheckpointing);
  }
}
