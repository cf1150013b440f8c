package dev.keizoku.llm.torch.library;

import ai.djl.Device;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The CUDA devices of this machine as the CUDA runtime that libtorch was loaded with sees them;
 * none where libtorch has no CUDA, or no driver is here.
 */
public final class Gpus {
  private static final int COMPUTE_CAPABILITY_MAJOR = 75;
  private static final int COMPUTE_CAPABILITY_MINOR = 76;

  /** {@code cudaHostRegisterPortable}. */
  private static final int EVERY_CONTEXT = 1;

  /** Operators ask for working memory in pieces of this size at least. */
  private static final long FULL = 64L << 20;

  private static final int COUNT = LibTorch.has("cudaMemGetInfo") ? deviceCount() : 0;

  private Gpus() {}

  /** Number of devices. */
  public static int count() {
    return COUNT;
  }

  /** What a device has: free and total bytes, free being what no process holds. */
  public record Memory(long free, long total) {}

  /** The memory of a device. */
  public static Memory memory(int device) {
    var scratch = LibTorch.scratch();
    on(device, () -> call("cudaMemGetInfo", scratch.address(), scratch.address() + 8));
    return new Memory(scratch.get(ValueLayout.JAVA_LONG, 0), scratch.get(ValueLayout.JAVA_LONG, 8));
  }

  /**
   * Where an operator has failed: whether it is because a device is full.
   *
   * @throws OutOfMemory when one is
   */
  static void requireRoom() {
    for (var device = 0; device < COUNT; device++) {
      if (memory(device).free() < FULL) {
        throw new OutOfMemory(Device.gpu(device), 0);
      }
    }
  }

  /** The compute capability of a device, such as 80 for 8.0. */
  public static int capability(int device) {
    return 10 * attribute(COMPUTE_CAPABILITY_MAJOR, device)
        + attribute(COMPUTE_CAPABILITY_MINOR, device);
  }

  /** Waits until a device has done all that it was given. */
  public static void synchronize(int device) {
    on(device, () -> call("cudaDeviceSynchronize"));
  }

  /**
   * Pins pages of host memory, so that GPUs copy to and from them directly and at the speed of
   * their link.
   *
   * @return false where there is no GPU, or the system does not let so much be pinned; copies are
   *     slower then
   */
  public static boolean pin(long address, long bytes) {
    if (COUNT == 0) {
      return false;
    }
    try {
      var failed =
          (int) LibTorch.shim("cudaHostRegister", "LLI").invokeExact(address, bytes, EVERY_CONTEXT)
              != 0;
      if (failed) {
        // Else the next kernel would be taken for the one that failed.
        var forgotten = (int) LibTorch.shim("cudaGetLastError", "").invokeExact();
      }
      return !failed;
    } catch (Throwable thrown) {
      throw LibTorch.unexpected(thrown);
    }
  }

  /** Takes {@link #pin} back; before the memory is freed. */
  public static void unpin(long address) {
    call("cudaHostUnregister", address);
  }

  private static int attribute(int attribute, int device) {
    var scratch = LibTorch.scratch();
    try {
      LibTorch.check(
          (int)
              LibTorch.shim("cudaDeviceGetAttribute", "LII")
                  .invokeExact(scratch.address(), attribute, device),
          "cudaDeviceGetAttribute");
    } catch (Throwable thrown) {
      throw LibTorch.unexpected(thrown);
    }
    return scratch.get(ValueLayout.JAVA_INT, 0);
  }

  // A call that fails says that there is no driver, or no device.
  private static int deviceCount() {
    var scratch = LibTorch.scratch();
    try {
      var failed =
          (int) LibTorch.shim("cudaGetDeviceCount", "L").invokeExact(scratch.address()) != 0;
      return failed ? 0 : scratch.get(ValueLayout.JAVA_INT, 0);
    } catch (Throwable thrown) {
      throw LibTorch.unexpected(thrown);
    }
  }

  // The runtime's calls are about the calling thread's current device.
  static void on(int device, Runnable work) {
    var scratch = LibTorch.scratch();
    call("cudaGetDevice", scratch.address());
    var before = scratch.get(ValueLayout.JAVA_INT, 0);
    setDevice(device);
    try {
      work.run();
    } finally {
      setDevice(before);
    }
  }

  private static void setDevice(int device) {
    try {
      LibTorch.check(
          (int) LibTorch.shim("cudaSetDevice", "I").invokeExact(device), "cudaSetDevice");
    } catch (Throwable thrown) {
      throw LibTorch.unexpected(thrown);
    }
  }

  private static void call(String symbol, long... addresses) {
    MethodHandle function = LibTorch.shim(symbol, "L".repeat(addresses.length));
    try {
      var code =
          switch (addresses.length) {
            case 0 -> (int) function.invokeExact();
            case 1 -> (int) function.invokeExact(addresses[0]);
            default -> (int) function.invokeExact(addresses[0], addresses[1]);
          };
      LibTorch.check(code, symbol);
    } catch (Throwable thrown) {
      throw LibTorch.unexpected(thrown);
    }
  }
}
