package dev.keizoku.trainer.loop;

import ai.djl.Device;
import dev.keizoku.contract.train.Parallelism.DeviceType;
import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.llm.torch.library.Gpus;
import dev.keizoku.trainer.plan.Room;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToLongFunction;

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
        ? run.on(RunDevices.of(run).getFirst().isGpu() ? DeviceType.GPU : DeviceType.CPU)
        : run;
  }

  /** What one rank may use. */
  Room room(List<Device> devices) {
    return room(devices, gpu -> Gpus.memory(gpu).free());
  }

  /**
   * The same.
   *
   * @param free bytes of a GPU that nobody holds; ranks on one GPU share them
   */
  Room room(List<Device> devices, IntToLongFunction free) {
    if (!devices.getFirst().isGpu()) {
      return new Room(devices.getFirst().toString(), nativeBytes / devices.size(), true);
    }
    return devices.stream()
        .distinct()
        .map(
            device ->
                new Room(
                    device.toString(),
                    free.applyAsLong(device.getDeviceId()) / Collections.frequency(devices, device),
                    false))
        .min(Comparator.comparingLong(Room::usableBytes))
        .orElseThrow();
  }
}
