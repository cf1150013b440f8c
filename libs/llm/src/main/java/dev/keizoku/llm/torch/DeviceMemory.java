package dev.keizoku.llm.torch;

import ai.djl.Device;
import dev.keizoku.llm.torch.library.Gpus;
import dev.keizoku.llm.torch.library.LibTorch;
import dev.keizoku.llm.torch.library.OutOfMemory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The memory of one device as one thread uses it: allocates tensors, frees them by scope and counts
 * the bytes. Confined to that thread; a tensor may be read by other threads while its owner waits
 * at a barrier.
 */
public final class DeviceMemory implements AutoCloseable {
  private final Device device;
  private final int deviceType;
  private final Deque<TensorScope> scopes;
  private final List<Long> pinned = new ArrayList<>();
  private long allocatedBytes;
  private long peakBytes;

  /**
   * Opens a device.
   *
   * @param device {@code Device.cpu()} or {@code Device.gpu(i)}
   */
  public DeviceMemory(Device device) {
    this(device, new ArrayDeque<>());
    scopes.push(new TensorScope(this));
  }

  private DeviceMemory(Device device, Deque<TensorScope> scopes) {
    this.device = device;
    this.deviceType = device.isGpu() ? LibTorch.CUDA : LibTorch.CPU;
    this.scopes = scopes;
    Arithmetic.choose();
  }

  /**
   * What the same thread has on one more device. Both have the same scopes: one that is opened here
   * owns what is made there too, and closing this frees it.
   *
   * @param other may be this device again, of which it then counts another part
   */
  public DeviceMemory beside(Device other) {
    return new DeviceMemory(other, scopes);
  }

  /** The device that tensors are made on. */
  public Device device() {
    return device;
  }

  /** True when tensors are in memory that Java can address. */
  public boolean isHost() {
    return deviceType == LibTorch.CPU;
  }

  /** Opens a scope that owns what is made from now on until it is left or closed. */
  public TensorScope scope() {
    var scope = new TensorScope(this);
    scopes.push(scope);
    return scope;
  }

  /**
   * A new tensor of the given shape, its values undefined.
   *
   * @throws OutOfMemory when the device has no room for it
   */
  public Tensor empty(DataType type, long... shape) {
    var strides = Tensor.contiguousStrides(shape);
    var index = device.isGpu() ? device.getDeviceId() : 0;
    var handle = LibTorch.emptyStrided(shape, strides, type.code(), deviceType, index);
    if (handle == 0) {
      throw new OutOfMemory(device, Tensor.elements(shape) * type.bytes());
    }
    return counted(adopt(handle, type, shape, strides, 0));
  }

  private Tensor counted(Tensor tensor) {
    tensor.ownedBytes = tensor.elements() * tensor.type().bytes();
    allocatedBytes += tensor.ownedBytes;
    peakBytes = Math.max(peakBytes, allocatedBytes);
    return tensor;
  }

  /** A new tensor of zeros. */
  public Tensor zeros(DataType type, long... shape) {
    var tensor = empty(type, shape);
    AtenCalls.zero(tensor);
    return tensor;
  }

  /**
   * A new tensor of zeros in host memory that GPUs, where there are any and the system lets them,
   * read and write themselves; it stays until this memory is closed.
   */
  public Tensor pinned(DataType type, long... shape) {
    var tensor = zeros(type, shape);
    if (isHost() && tensor.ownedBytes > 0 && Gpus.pin(tensor.address(), tensor.ownedBytes)) {
      pinned.add(tensor.address());
    }
    return tensor;
  }

  /** A new fp32 tensor with the values of {@code values} in row-major order. */
  public Tensor of(float[] values, long... shape) {
    var tensor = empty(DataType.FLOAT32, shape);
    HostCopy.write(tensor, 0, values);
    return tensor;
  }

  /** A new int64 tensor with the values of {@code values}. */
  public Tensor of(long[] values, long... shape) {
    var tensor = empty(DataType.INT64, shape);
    HostCopy.write(tensor, values);
    return tensor;
  }

  /** A new tensor with the values of one of any device. */
  public Tensor copy(Tensor other) {
    var tensor = empty(other.type(), other.shape());
    AtenCalls.copy(tensor, other);
    return tensor;
  }

  /** Another name for a tensor of some other memory, owned by the innermost scope here. */
  public Tensor alias(Tensor other) {
    return adopt(
        LibTorch.newHandle(other.handle()),
        other.type(),
        other.shape(),
        other.strides(),
        other.offset());
  }

  /**
   * A slice of another memory's 1-D tensor that counts as bytes of this one: for a buffer that
   * several threads see whole while each has its part of it.
   */
  public Tensor share(Tensor whole, long start, long length) {
    return counted(alias(whole).narrow(0, start, length));
  }

  /** Frees a tensor before its scope does. */
  public void free(Tensor tensor) {
    tensor.scope = null;
    tensor.free();
  }

  /** A tensor that libtorch made, with the shape that it gave it. */
  Tensor adopt(long handle, DataType type) {
    var layout = LibTorch.layout(handle);
    return adopt(handle, type, layout.shape(), layout.strides(), layout.offset());
  }

  /** A tensor that is only handed back to libtorch; of its shape nothing is known here. */
  Tensor opaque(long handle) {
    return adopt(handle, DataType.INT64, new long[0], new long[0], 0);
  }

  Tensor adopt(long handle, DataType type, long[] shape, long[] strides, long offset) {
    var tensor = new Tensor(this, handle, type, shape, strides, offset);
    scopes.peek().own(tensor);
    return tensor;
  }

  void freed(Tensor tensor) {
    allocatedBytes -= tensor.ownedBytes;
  }

  TensorScope around(TensorScope inner) {
    var found = false;
    for (var scope : scopes) {
      if (found) {
        return scope;
      }
      found = scope == inner;
    }
    // A scope that was left hands over to whatever collects now.
    return scopes.peek();
  }

  void leave(TensorScope scope) {
    scopes.remove(scope);
  }

  /** Bytes of live tensors made here. */
  public long allocatedBytes() {
    return allocatedBytes;
  }

  /** The most bytes that were ever live at once. */
  public long peakBytes() {
    return peakBytes;
  }

  /** Frees everything that is still owned by an open scope. */
  @Override
  public void close() {
    pinned.forEach(Gpus::unpin);
    pinned.clear();
    new ArrayList<>(scopes).forEach(TensorScope::close);
  }
}
