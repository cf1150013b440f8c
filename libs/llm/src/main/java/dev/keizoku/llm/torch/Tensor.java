package dev.keizoku.llm.torch;

import dev.keizoku.llm.torch.library.LibTorch;
import java.util.Arrays;

/**
 * A tensor or a strided view of one: an {@code at::Tensor*} with its shape. Immutable but for its
 * elements; freed by the {@link TensorScope} that owns it.
 */
public final class Tensor {
  private final DeviceMemory memory;
  private final DataType type;
  private final long[] shape;
  private final long[] strides;
  private final long offset;
  private long handle;
  TensorScope scope;
  long ownedBytes;

  Tensor(
      DeviceMemory memory, long handle, DataType type, long[] shape, long[] strides, long offset) {
    this.memory = memory;
    this.handle = handle;
    this.type = type;
    this.shape = shape;
    this.strides = strides;
    this.offset = offset;
  }

  static long[] contiguousStrides(long[] shape) {
    var strides = new long[shape.length];
    long stride = 1;
    for (var i = shape.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= Math.max(1, shape[i]);
    }
    return strides;
  }

  /** The memory that made it. */
  public DeviceMemory memory() {
    return memory;
  }

  /** Element type. */
  public DataType type() {
    return type;
  }

  /** Length of a dimension; negative counts from the last. */
  public long dim(int index) {
    return shape[index < 0 ? shape.length + index : index];
  }

  /** Number of dimensions. */
  public int rank() {
    return shape.length;
  }

  /** Number of elements. */
  public long elements() {
    return elements(shape);
  }

  static long elements(long[] shape) {
    long product = 1;
    for (var length : shape) {
      product *= length;
    }
    return product;
  }

  /** A copy of the shape. */
  public long[] shape() {
    return shape.clone();
  }

  /** A copy of the strides, in elements. */
  public long[] strides() {
    return strides.clone();
  }

  /** Offset of the first element in the storage, in elements. */
  public long offset() {
    return offset;
  }

  long handle() {
    if (handle == 0) {
      throw new IllegalStateException("tensor " + this + " was freed");
    }
    return handle;
  }

  /** Address of the first element; only meaningful to Java when the memory is the host's. */
  public long address() {
    return LibTorch.dataPointer(handle());
  }

  /** True when the elements lie one after another in row-major order. */
  public boolean isContiguous() {
    return Arrays.equals(strides, contiguousStrides(shape));
  }

  /** The same elements under another shape; this must be contiguous. */
  public Tensor view(long... newShape) {
    if (!isContiguous() || elements(newShape) != elements()) {
      throw new IllegalArgumentException(
          "cannot view " + this + " as " + Arrays.toString(newShape));
    }
    return asStrided(newShape, contiguousStrides(newShape), offset);
  }

  /** {@code length} positions of dimension {@code dim} from {@code start} on. */
  public Tensor narrow(int dim, long start, long length) {
    if (start < 0 || length < 0 || start + length > shape[dim]) {
      throw new IllegalArgumentException(
          "cannot narrow dimension %d of %s to %d+%d".formatted(dim, this, start, length));
    }
    var newShape = shape.clone();
    newShape[dim] = length;
    return asStrided(newShape, strides, offset + start * strides[dim]);
  }

  /** The matrix transposed (a view). */
  public Tensor t() {
    return asStrided(new long[] {shape[1], shape[0]}, new long[] {strides[1], strides[0]}, offset);
  }

  /** This tensor when it has the type, else a converted copy. */
  public Tensor as(DataType wanted) {
    if (type == wanted) {
      return this;
    }
    var copy = memory.empty(wanted, shape);
    AtenCalls.copy(copy, this);
    return copy;
  }

  /** A view with a shape and strides of its own; {@code newOffset} counts from the storage. */
  public Tensor asStrided(long[] newShape, long[] newStrides, long newOffset) {
    var view = LibTorch.reinterpret(handle(), newShape, newStrides, newOffset - offset);
    return memory.adopt(view, type, newShape, newStrides, newOffset);
  }

  void free() {
    LibTorch.delete(handle());
    handle = 0;
    memory.freed(this);
  }

  @Override
  public String toString() {
    return type + Arrays.toString(shape);
  }
}
