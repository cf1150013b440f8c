package dev.keizoku.eval.score;

import ai.djl.Device;
import com.sun.management.OperatingSystemMXBean;
import dev.keizoku.llm.torch.library.Gpus;
import java.lang.management.ManagementFactory;

/** What a device has for tensors. */
public final class DeviceRoom {
  /** The rest is for kernels, for work space of libraries and for holes between tensors. */
  private static final double USABLE = 0.9;

  /** The JVM takes a quarter of a container's memory for its heap unless told otherwise. */
  private static final double BESIDE_HEAP = 0.75;

  private DeviceRoom() {}

  /** Bytes: of a GPU its memory, of processors what the container may use beside the heap. */
  public static long bytes(Device device) {
    return device.isGpu()
        ? ofGpu(Gpus.memory(device.getDeviceId()).total())
        : (long) (USABLE * host());
  }

  /** The same of a GPU that is not here, by all of its memory. */
  public static long ofGpu(long total) {
    return (long) (USABLE * total);
  }

  /** The same of a pod that is not here, by its memory limit. */
  public static long ofPod(long limit) {
    return (long) (USABLE * BESIDE_HEAP * limit);
  }

  /** A memory limit of a pod, in GiB, with which {@link #ofPod} is that many bytes or more. */
  public static long podGib(long bytes) {
    return (long) Math.ceil(bytes / (USABLE * BESIDE_HEAP) / (1L << 30)) + 1;
  }

  private static long host() {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getTotalMemorySize() - Runtime.getRuntime().maxMemory();
  }
}
