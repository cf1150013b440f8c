package dev.keizoku.llm.kernel;

import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rows of a tensor in host memory, read into and written from arrays of fp32. The arrays are as
 * long as {@link #padded} says, so that kernels need no loop for what is left over at the end.
 *
 * @param address of the first element
 * @param type fp32 or bf16
 * @param columns elements of a row, one after another
 * @param stride bytes from a row to the next
 */
record Rows(long address, DataType type, int columns, long stride) {
  static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  static final int LANES = FLOATS.length();

  /** All of the host's memory, by address. */
  static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(
          short.class, VectorShape.forBitSize(Math.max(64, FLOATS.vectorBitSize() / 2)));

  /** The rows of a tensor whose last dimension is the columns and whose others are contiguous. */
  static Rows of(Tensor tensor) {
    var columns = Math.toIntExact(tensor.dim(-1));
    var stride = tensor.rank() == 1 ? columns : tensor.strides()[tensor.rank() - 2];
    return new Rows(tensor.address(), tensor.type(), columns, stride * tensor.type().bytes());
  }

  /** One head of [T, H, h]: a row a token. */
  static Rows head(Tensor tensor, long head) {
    var strides = tensor.strides();
    var bytes = tensor.type().bytes();
    return new Rows(
        tensor.address() + head * strides[1] * bytes,
        tensor.type(),
        Math.toIntExact(tensor.dim(2)),
        strides[0] * bytes);
  }

  /** {@code columns} of the same rows, from {@code first} on. */
  Rows narrow(int first, int count) {
    return new Rows(address + (long) first * type.bytes(), type, count, stride);
  }

  /** The same rows {@code bytes} further on. */
  Rows shifted(long bytes) {
    return new Rows(address + bytes, type, columns, stride);
  }

  /** The least multiple of the vectors' length that holds {@code count} elements. */
  static int padded(int count) {
    return (count + LANES - 1) / LANES * LANES;
  }

  /** An array for a row. */
  float[] array() {
    return new float[padded(columns)];
  }

  /** Row {@code row} into {@code target}; what is beyond the columns stays as it is. */
  void read(long row, float[] target) {
    var from = address + row * stride;
    if (type == DataType.FLOAT32) {
      MemorySegment.copy(MEMORY, ValueLayout.JAVA_FLOAT, from, target, 0, columns);
      return;
    }
    var bound = columns - columns % LANES;
    for (var i = 0; i < bound; i += LANES) {
      ShortVector.fromMemorySegment(SHORTS, MEMORY, from + 2L * i, ORDER)
          .convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0)
          .lanewise(VectorOperators.LSHL, 16)
          .reinterpretAsFloats()
          .intoArray(target, i);
    }
    for (var i = bound; i < columns; i++) {
      var bits = MEMORY.get(ValueLayout.JAVA_SHORT, from + 2L * i);
      target[i] = Float.intBitsToFloat(bits << 16);
    }
  }

  /** {@code source} into row {@code row}, rounded to nearest even. */
  void write(long row, float[] source) {
    var to = address + row * stride;
    if (type == DataType.FLOAT32) {
      MemorySegment.copy(source, 0, MEMORY, ValueLayout.JAVA_FLOAT, to, columns);
      return;
    }
    var bound = columns - columns % LANES;
    for (var i = 0; i < bound; i += LANES) {
      var bits = FloatVector.fromArray(FLOATS, source, i).reinterpretAsInts();
      bits.lanewise(VectorOperators.LSHR, 16)
          .and(1)
          .add(0x7fff)
          .add(bits)
          .lanewise(VectorOperators.LSHR, 16)
          .convertShape(VectorOperators.I2S, SHORTS, 0)
          .reinterpretAsShorts()
          .intoMemorySegment(MEMORY, to + 2L * i, ORDER);
    }
    for (var i = bound; i < columns; i++) {
      var bits = Float.floatToRawIntBits(source[i]);
      MEMORY.set(
          ValueLayout.JAVA_SHORT,
          to + 2L * i,
          (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16));
    }
  }
}
