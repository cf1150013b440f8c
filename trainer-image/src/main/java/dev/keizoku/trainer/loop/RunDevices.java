package dev.keizoku.trainer.loop;

import ai.djl.Device;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.train.Parallelism;
import dev.keizoku.contract.train.Parallelism.DeviceType;
import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.contract.train.Training.Precision;
import dev.keizoku.llm.torch.library.Gpus;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * The devices that a run's ranks get: one GPU each, in the order of their numbers. The system
 * property {@code keizoku.devices} names them instead, a number a rank, such as {@code 0,0,1,1} for
 * two ranks on each of two cards.
 *
 * @param gpus how many are here
 * @param capability of a GPU, such as 80 for 8.0
 * @param named value of the property; null where there is none
 */
record RunDevices(int gpus, IntUnaryOperator capability, String named) {
  private static final String PROPERTY = "keizoku.devices";

  /** Products of bf16 and flash attention are made for it and later ones. */
  private static final int AMPERE = 80;

  /** What this machine has. */
  static RunDevices here() {
    return new RunDevices(Gpus.count(), Gpus::capability, System.getProperty(PROPERTY));
  }

  /** One device for each rank of a run on this machine; see {@link #devices}. */
  static List<Device> of(TrainRun run) {
    return here().devices(run);
  }

  /**
   * One device for each rank.
   *
   * @throws RunFault user error {@code DevicesMissing} when GPUs are asked for that are not there,
   *     or {@code DeviceTooOld} when one cannot do what the run wants
   */
  List<Device> devices(TrainRun run) {
    var parallelism = run.parallelism();
    var type = parallelism.deviceType() == null ? DeviceType.AUTO : parallelism.deviceType();
    if (type == DeviceType.CPU || (type == DeviceType.AUTO && gpus == 0 && named == null)) {
      return Collections.nCopies(parallelism.devices(), Device.cpu());
    }
    var numbers = named == null ? inOrder(parallelism) : named(parallelism);
    if (run.training().precision() == Precision.BF16) {
      Arrays.stream(numbers).distinct().forEach(this::requireBf16);
    }
    return Arrays.stream(numbers).mapToObj(Device::gpu).toList();
  }

  private int[] inOrder(Parallelism parallelism) {
    if (gpus < parallelism.devices()) {
      throw RunFault.userError(
          Reason.DEVICES_MISSING,
          "parallelism.devices is %d but %d GPUs are here; lower it, request more GPUs, or set deviceType to cpu."
              .formatted(parallelism.devices(), gpus));
    }
    return IntStream.range(0, parallelism.devices()).toArray();
  }

  private int[] named(Parallelism parallelism) {
    var parts = named.split(",", -1);
    var valid = Arrays.stream(parts).allMatch(part -> part.matches("\\d{1,3}"));
    if (!valid || parts.length != parallelism.devices()) {
      throw RunFault.userError(
          Reason.DEVICES_MISSING,
          "-D%s=%s has to name a GPU for each of the %d ranks by its number, such as 0,0,1,1."
              .formatted(PROPERTY, named, parallelism.devices()));
    }
    var numbers = Arrays.stream(parts).mapToInt(Integer::parseInt).toArray();
    for (var number : numbers) {
      if (number >= gpus) {
        throw RunFault.userError(
            Reason.DEVICES_MISSING,
            "-D%s=%s names GPU %d but %d GPUs are here, the first of which is 0."
                .formatted(PROPERTY, named, number, gpus));
      }
    }
    return numbers;
  }

  private void requireBf16(int gpu) {
    var has = capability.applyAsInt(gpu);
    if (has < AMPERE) {
      throw RunFault.userError(
          Reason.DEVICE_TOO_OLD,
          "GPU %d has compute capability %d.%d, and bf16 with flash attention needs %d.%d; set precision to fp32 or take a newer card."
              .formatted(gpu, has / 10, has % 10, AMPERE / 10, AMPERE % 10));
    }
  }
}
