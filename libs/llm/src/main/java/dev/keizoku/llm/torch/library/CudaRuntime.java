package dev.keizoku.llm.torch.library;

import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Streams, events and copies of the CUDA runtime that libtorch was loaded with. Streams and events
 * are given by their handles.
 */
public final class CudaRuntime {
  // Neither waits for the default stream nor lets it wait.
  private static final int NON_BLOCKING = 1;
  private static final int DISABLE_TIMING = 2;

  private static final MethodHandle STREAM = LibTorch.shim("cudaStreamCreateWithFlags", "LI");
  private static final MethodHandle DESTROY_STREAM = LibTorch.shim("cudaStreamDestroy", "L");
  private static final MethodHandle EVENT = LibTorch.shim("cudaEventCreateWithFlags", "LI");
  private static final MethodHandle DESTROY_EVENT = LibTorch.shim("cudaEventDestroy", "L");
  private static final MethodHandle RECORD = LibTorch.shim("cudaEventRecord", "LL");
  private static final MethodHandle WAIT = LibTorch.shim("cudaStreamWaitEvent", "LLI");
  private static final MethodHandle SYNCHRONIZE = LibTorch.shim("cudaEventSynchronize", "L");
  private static final MethodHandle COPY = LibTorch.shim("cudaMemcpyPeerAsync", "LILILL");
  private static final MethodHandle CURRENT =
      LibTorch.shim("aoti_torch_get_current_cuda_stream", "IL");

  private CudaRuntime() {}

  /** A call that has failed is a fault of the device or of this program. */
  private interface Call {
    int run() throws Throwable;
  }

  private static void call(String name, Call call) {
    try {
      LibTorch.check(call.run(), name);
    } catch (Throwable thrown) {
      throw LibTorch.unexpected(thrown);
    }
  }

  private static long made(int device, String name, MethodHandle make, int flags) {
    var scratch = LibTorch.scratch();
    Gpus.on(device, () -> call(name, () -> (int) make.invokeExact(scratch.address(), flags)));
    return scratch.get(ValueLayout.JAVA_LONG, 0);
  }

  /** A new stream of a device that runs beside its default stream. */
  public static long stream(int device) {
    return made(device, "cudaStreamCreateWithFlags", STREAM, NON_BLOCKING);
  }

  /** The stream that ATen gives this thread's work on a device to. */
  public static long currentStream(int device) {
    var scratch = LibTorch.scratch();
    call(
        "aoti_torch_get_current_cuda_stream",
        () -> (int) CURRENT.invokeExact(device, scratch.address()));
    return scratch.get(ValueLayout.JAVA_LONG, 0);
  }

  /** Ends a stream once it has done what it was given. */
  public static void destroyStream(long stream) {
    call("cudaStreamDestroy", () -> (int) DESTROY_STREAM.invokeExact(stream));
  }

  /** A new event for streams of a device. */
  public static long event(int device) {
    return made(device, "cudaEventCreateWithFlags", EVENT, DISABLE_TIMING);
  }

  /** Ends an event; streams that wait for it still do. */
  public static void destroyEvent(long event) {
    call("cudaEventDestroy", () -> (int) DESTROY_EVENT.invokeExact(event));
  }

  /** The event comes when the stream has done what it was given up to now. */
  public static void record(long event, long stream) {
    call("cudaEventRecord", () -> (int) RECORD.invokeExact(event, stream));
  }

  /** What the stream is given from now on comes after the event. */
  public static void wait(long stream, long event) {
    call("cudaStreamWaitEvent", () -> (int) WAIT.invokeExact(stream, event, 0));
  }

  /** Waits on this thread for an event. */
  public static void synchronize(long event) {
    call("cudaEventSynchronize", () -> (int) SYNCHRONIZE.invokeExact(event));
  }

  /** Copies from one device to another, or within one. */
  public static void copy(
      long target, int targetDevice, long source, int sourceDevice, long bytes, long stream) {
    call(
        "cudaMemcpyPeerAsync",
        () -> (int) COPY.invokeExact(target, targetDevice, source, sourceDevice, bytes, stream));
  }
}
