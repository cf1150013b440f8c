package dev.keizoku.trainer.loop;

import ai.djl.Device;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.train.Parallelism;
import dev.keizoku.llm.torch.Gpus;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** The devices that a run's ranks get. */
final class RunDevices {
  private RunDevices() {}

  /**
   * One device for each rank.
   *
   * @throws RunFault user error {@code DevicesMissing} when GPUs are asked for that are not there
   */
  static List<Device> of(Parallelism parallelism) {
    var wanted = parallelism.devices();
    var type =
        parallelism.deviceType() == null ? Parallelism.DeviceType.AUTO : parallelism.deviceType();
    if (type == Parallelism.DeviceType.CPU) {
      return Collections.nCopies(wanted, Device.cpu());
    }
    var gpus = Gpus.count();
    if (gpus == 0 && type == Parallelism.DeviceType.AUTO) {
      return Collections.nCopies(wanted, Device.cpu());
    }
    if (gpus < wanted) {
      throw RunFault.userError(
          Reason.DEVICES_MISSING,
          "parallelism.devices is %d but %d GPUs are here; lower it, request more GPUs, or set deviceType to cpu."
              .formatted(wanted, gpus));
    }
    return IntStream.range(0, wanted).mapToObj(Device::gpu).toList();
  }
}
