package dev.keizoku.trainer.loop;

import ai.djl.Device;
import dev.keizoku.contract.train.Parallelism.DeviceType;
import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.llm.torch.Gpus;
import dev.keizoku.trainer.plan.Room;
import java.util.List;

/**
 * What a run may use of this machine.
 *
 * @param cores processors, shared by CPU ranks
 * @param nativeBytes memory outside of the Java heap, shared by CPU ranks
 */
public record Machine(int cores, long nativeBytes) {

  /** The run with {@code deviceType: auto} replaced by what its ranks get here. */
  public TrainRun settle(TrainRun run) {
    var auto =
        run.parallelism().deviceType() == null || run.parallelism().deviceType() == DeviceType.AUTO;
    return auto
        ? run.on(
            RunDevices.of(run.parallelism()).getFirst().isGpu() ? DeviceType.GPU : DeviceType.CPU)
        : run;
  }

  /** What one rank may use. */
  Room room(List<Device> devices) {
    var device = devices.getFirst();
    return device.isGpu()
        ? new Room(device.toString(), Gpus.memory(device.getDeviceId()).total(), false)
        : new Room(device.toString(), nativeBytes / devices.size(), true);
  }
}
