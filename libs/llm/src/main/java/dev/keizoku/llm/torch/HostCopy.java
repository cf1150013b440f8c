package dev.keizoku.llm.torch;

import ai.djl.Device;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.Consumer;

/** Copies between Java arrays and tensors of any device; contiguous tensors only. */
public final class HostCopy {
  private HostCopy() {}

  /** The bytes of a contiguous tensor in host memory. */
  public static MemorySegment segment(Tensor tensor) {
    if (!tensor.memory().isHost() || !tensor.isContiguous()) {
      throw new IllegalArgumentException(tensor + " is not contiguous host memory");
    }
    return MemorySegment.ofAddress(tensor.address())
        .reinterpret(tensor.elements() * tensor.type().bytes());
  }

  /** Writes fp32 values into a contiguous fp32 or bf16 tensor from element {@code start} on. */
  public static void write(Tensor tensor, long start, float[] values) {
    var target = tensor.view(tensor.elements()).narrow(0, start, values.length);
    onHost(
        target,
        DataType.FLOAT32,
        host ->
            MemorySegment.copy(values, 0, segment(host), ValueLayout.JAVA_FLOAT, 0, values.length),
        true);
  }

  /** Writes int64 values into a contiguous tensor of the same length. */
  public static void write(Tensor tensor, long[] values) {
    onHost(
        tensor,
        DataType.INT64,
        host ->
            MemorySegment.copy(values, 0, segment(host), ValueLayout.JAVA_LONG, 0, values.length),
        true);
  }

  /** The elements of a tensor as fp32, row-major. */
  public static float[] floats(Tensor tensor) {
    var values = new float[Math.toIntExact(tensor.elements())];
    onHost(
        tensor,
        DataType.FLOAT32,
        host ->
            MemorySegment.copy(segment(host), ValueLayout.JAVA_FLOAT, 0, values, 0, values.length),
        false);
    return values;
  }

  /** The elements of an int64 tensor, row-major. */
  public static long[] longs(Tensor tensor) {
    var values = new long[Math.toIntExact(tensor.elements())];
    onHost(
        tensor,
        DataType.INT64,
        host ->
            MemorySegment.copy(segment(host), ValueLayout.JAVA_LONG, 0, values, 0, values.length),
        false);
    return values;
  }

  private static void onHost(
      Tensor tensor, DataType type, Consumer<Tensor> work, boolean writeBack) {
    if (tensor.memory().isHost() && tensor.type() == type && tensor.isContiguous()) {
      work.accept(tensor);
      return;
    }
    try (var host = new DeviceMemory(Device.cpu())) {
      var copy = host.empty(type, tensor.shape());
      if (!writeBack) {
        AtenCalls.copy(copy, tensor);
      }
      work.accept(copy);
      if (writeBack) {
        AtenCalls.copy(tensor, copy);
      }
    }
  }
}
