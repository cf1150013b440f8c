package dev.keizoku.eval.run;

import ai.djl.Device;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.library.Gpus;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * The devices that models are scored on: GPUs in the order of their numbers, or the processors.
 *
 * @param gpus how many are here
 * @param capability of a GPU, such as 80 for 8.0
 */
public record EvalDevices(int gpus, IntUnaryOperator capability) {
  /** Products of bf16 are made for it and later ones. */
  private static final int AMPERE = 80;

  /** What this machine has. */
  public static EvalDevices here() {
    return new EvalDevices(Gpus.count(), Gpus::capability);
  }

  /**
   * The devices of a run.
   *
   * @param asked how many GPUs, 0 for the processors; null means all that are here
   * @param type that models are run in
   * @throws RunFault user error {@code DevicesMissing} when GPUs are asked for that are not there,
   *     {@code DeviceTooOld} when one cannot do what the run wants: never are processors taken in
   *     their place
   */
  List<Device> of(Integer asked, DataType type) {
    int wanted = asked == null ? gpus : asked;
    if (wanted == 0) {
      return List.of(Device.cpu());
    }
    if (gpus < wanted) {
      throw RunFault.userError(
          Reason.DEVICES_MISSING,
          "devices is %d but %d GPUs are here; lower it, request more GPUs in podTemplate.resources, or set it to 0 for the processors."
              .formatted(wanted, gpus));
    }
    for (int gpu = 0; type == DataType.BFLOAT16 && gpu < wanted; gpu++) {
      int has = capability.applyAsInt(gpu);
      if (has < AMPERE) {
        throw RunFault.userError(
            Reason.DEVICE_TOO_OLD,
            "GPU %d has compute capability %d.%d, and bfloat16 needs 8.0; set dtype to float32 or take a newer card."
                .formatted(gpu, has / 10, has % 10));
      }
    }
    return IntStream.range(0, wanted).mapToObj(Device::gpu).toList();
  }
}
