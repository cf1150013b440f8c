package dev.keizoku.trainer.loop;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import java.util.List;

/**
 * What a run may use of this machine.
 *
 * @param cores processors, shared by CPU ranks
 * @param nativeBytes memory outside of the Java heap, shared by CPU ranks
 */
public record Machine(int cores, long nativeBytes) {

  /** Bytes of one rank. */
  long bytesPerRank(List<Device> devices) {
    return devices.getFirst().isGpu()
        ? CudaUtils.getGpuMemory(devices.getFirst()).getMax()
        : nativeBytes / devices.size();
  }
}
