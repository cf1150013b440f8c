package dev.keizoku.llm.kernel;

import static dev.keizoku.llm.kernel.Rows.FLOATS;
import static dev.keizoku.llm.kernel.Rows.LANES;
import static dev.keizoku.llm.kernel.Rows.MEMORY;
import static dev.keizoku.llm.kernel.Rows.ORDER;

import dev.keizoku.llm.torch.TileProduct;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * One thread's working memory for attention: fp32 blocks of {@link #SIDE} rows by address, and how
 * rows of tensors come in and go out.
 */
final class Tiles {
  static final int SIDE = 64;

  private static final ThreadLocal<Tiles> OF_THREAD = ThreadLocal.withInitial(Tiles::new);

  private MemorySegment memory = MemorySegment.NULL;
  private long used;
  private float[] row = new float[0];
  private float[] turned = new float[0];

  private Tiles() {}

  /** The memory of this thread, all of it free, with room for {@code floats}. */
  static Tiles withRoomFor(long floats) {
    var tiles = OF_THREAD.get();
    if (tiles.memory.byteSize() < floats * Float.BYTES) {
      tiles.memory = Arena.ofAuto().allocate(floats * Float.BYTES, 64);
    }
    tiles.used = 0;
    return tiles;
  }

  /** Address of {@code floats} that nobody else uses; their values are whatever was there. */
  long take(long floats) {
    var address = memory.address() + used * Float.BYTES;
    used += floats;
    if (used * Float.BYTES > memory.byteSize()) {
      throw new IllegalStateException("no room for %d more floats".formatted(floats));
    }
    return address;
  }

  /** The same, zeros. */
  long takeZeros(long floats) {
    var address = take(floats);
    MEMORY.asSlice(address, floats * Float.BYTES).fill((byte) 0);
    return address;
  }

  static FloatVector load(long address) {
    return FloatVector.fromMemorySegment(FLOATS, MEMORY, address, ORDER);
  }

  static void store(FloatVector values, long address) {
    values.intoMemorySegment(MEMORY, address, ORDER);
  }

  static void set(long address, float value) {
    MEMORY.set(ValueLayout.JAVA_FLOAT, address, value);
  }

  /**
   * Brings in a block of rows, times {@code factor}; rows that are not there are 0.
   *
   * @param first row of the block's beginning
   * @param count rows that are there, at most {@link #SIDE}
   * @param across where to put [SIDE, columns]; 0 for nowhere
   * @param down where to put [columns, SIDE]; 0 for nowhere
   */
  void load(Rows rows, long first, int count, float factor, long across, long down) {
    var columns = rows.columns();
    row = grown(row, columns);
    turned = grown(turned, columns * SIDE);
    for (var r = 0; r < SIDE; r++) {
      if (r < count) {
        rows.read(first + r, row);
        RowMath.scale(row, factor);
      } else {
        Arrays.fill(row, 0, columns, 0);
      }
      if (across != 0) {
        var to = across + (long) r * columns * Float.BYTES;
        MemorySegment.copy(row, 0, MEMORY, ValueLayout.JAVA_FLOAT, to, columns);
      }
      if (down != 0) {
        for (var c = 0; c < columns; c++) {
          turned[c * SIDE + r] = row[c];
        }
      }
    }
    if (down != 0) {
      MemorySegment.copy(turned, 0, MEMORY, ValueLayout.JAVA_FLOAT, down, columns * SIDE);
    }
  }

  private static float[] grown(float[] array, int length) {
    var padded = Rows.padded(length);
    return array.length == padded ? array : new float[padded];
  }

  /**
   * Writes row {@code r} of a block [SIDE, columns], times {@code factor}.
   *
   * @param to row of the tensor
   */
  void write(Rows rows, long to, long block, int r, float factor) {
    var columns = rows.columns();
    row = grown(row, columns);
    var from = block + (long) r * columns * Float.BYTES;
    MemorySegment.copy(MEMORY, ValueLayout.JAVA_FLOAT, from, row, 0, columns);
    RowMath.scale(row, factor);
    rows.write(to, row);
  }

  /** Writes a block [columns, SIDE], turned and times {@code factor}. */
  void writeTurned(Rows rows, long first, int count, long block, float factor) {
    var columns = rows.columns();
    row = grown(row, columns);
    turned = grown(turned, columns * SIDE);
    MemorySegment.copy(MEMORY, ValueLayout.JAVA_FLOAT, block, turned, 0, columns * SIDE);
    for (var r = 0; r < count; r++) {
      for (var c = 0; c < columns; c++) {
        row[c] = turned[c * SIDE + r] * factor;
      }
      rows.write(first + r, row);
    }
  }

  /** Whether heads of this size can be cut into tiles here. */
  static boolean serve(int headSize) {
    return headSize % LANES == 0 && SIDE % LANES == 0 && TileProduct.supported();
  }
}
