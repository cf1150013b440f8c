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

  static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(
          short.class, VectorShape.forBitSize(Math.max(64, FLOATS.vectorBitSize() / 2)));

  /** The rows of a tensor whose last dimension is the columns and whose others are contiguous. */
  static Rows of(Tensor tensor) {
    var columns = Math.toIntExact(tensor.dim(-1));
    var stride = tensor.rank() == 1 ? columns : tensor.strides()[tensor.rank() - 2];
    return new Rows(tensor.address(), tensor.type(), columns, stride * tensor.type().bytes());
  }

  /** The elements of a contiguous tensor, as many in a row as a vector has. */
  static Rows ofVectors(Tensor tensor) {
    var bytes = tensor.type().bytes();
    return new Rows(tensor.address(), tensor.type(), LANES, (long) LANES * bytes);
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

  /** The least multiple of the vectors' length that holds {@code count} elements. */
  static int padded(int count) {
    return (count + LANES - 1) / LANES * LANES;
  }

  /** An array for a row. */
  float[] array() {
    return new float[padded(columns)];
  }

  /** Address of a row. */
  long at(long row) {
    return address + row * stride;
  }

  /** Elements {@code column} and after it of a row, as many as a vector has. */
  FloatVector load(long row, int column) {
    var from = at(row) + (long) column * type.bytes();
    if (type == DataType.FLOAT32) {
      return FloatVector.fromMemorySegment(FLOATS, MEMORY, from, ORDER);
    }
    return ShortVector.fromMemorySegment(SHORTS, MEMORY, from, ORDER)
        .convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0)
        .lanewise(VectorOperators.LSHL, 16)
        .reinterpretAsFloats();
  }

  /** Writes them, rounded to nearest even. */
  void store(FloatVector values, long row, int column) {
    var to = at(row) + (long) column * type.bytes();
    if (type == DataType.FLOAT32) {
      values.intoMemorySegment(MEMORY, to, ORDER);
      return;
    }
    var bits = values.reinterpretAsInts();
    storeUpper(bits.lanewise(VectorOperators.LSHR, 16).and(1).add(0x7fff).add(bits), to);
  }

  /** Writes the upper half of each word, two bytes each. */
  static void storeUpper(IntVector words, long address) {
    words
        .lanewise(VectorOperators.LSHR, 16)
        .convertShape(VectorOperators.I2S, SHORTS, 0)
        .reinterpretAsShorts()
        .intoMemorySegment(MEMORY, address, ORDER);
  }

  /** Row {@code row} into {@code target}; what is beyond the columns stays as it is. */
  void read(long row, float[] target) {
    if (type == DataType.FLOAT32) {
      MemorySegment.copy(MEMORY, ValueLayout.JAVA_FLOAT, at(row), target, 0, columns);
      return;
    }
    var bound = columns - columns % LANES;
    for (var i = 0; i < bound; i += LANES) {
      load(row, i).intoArray(target, i);
    }
    for (var i = bound; i < columns; i++) {
      var bits = MEMORY.get(ValueLayout.JAVA_SHORT, at(row) + 2L * i);
      target[i] = Float.intBitsToFloat(bits << 16);
    }
  }

  /** {@code source} into row {@code row}, rounded to nearest even. */
  void write(long row, float[] source) {
    if (type == DataType.FLOAT32) {
      MemorySegment.copy(source, 0, MEMORY, ValueLayout.JAVA_FLOAT, at(row), columns);
      return;
    }
    var bound = columns - columns % LANES;
    for (var i = 0; i < bound; i += LANES) {
      store(FloatVector.fromArray(FLOATS, source, i), row, i);
    }
    for (var i = bound; i < columns; i++) {
      var bits = Float.floatToRawIntBits(source[i]);
      MEMORY.set(
          ValueLayout.JAVA_SHORT,
          at(row) + 2L * i,
          (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16));
    }
  }

  /**
   * Writes a block of fp32 rows, one after another, each times its factor; the columns are a
   * multiple of the vectors' length.
   *
   * @param first row of this
   * @param block address of the first of the block
   */
  void write(long first, int count, long block, float[] factors) {
    for (var r = 0; r < count; r++) {
      for (var c = 0; c < columns; c += LANES) {
        var at = block + ((long) r * columns + c) * Float.BYTES;
        store(Tiles.load(at).mul(factors[r]), first + r, c);
      }
    }
  }
}
