package dev.keizoku.llm.kernel;

import static dev.keizoku.llm.kernel.Rows.LANES;
import static dev.keizoku.llm.kernel.Rows.MEMORY;
import static dev.keizoku.llm.kernel.Rows.ORDER;
import static dev.keizoku.llm.kernel.Tiles.SIDE;

import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.TileProduct;
import dev.keizoku.llm.torch.TileProduct.Size;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;

/**
 * How a product of tiles takes its factors. Blocks are [SIDE, columns] or, turned, [columns, SIDE];
 * products are always fp32. Which form is taken depends on the processor and on the tensors alone,
 * never on a measurement: a run that goes on after a restart must compute the same bits.
 */
sealed interface Factors {

  /** What suits heads of such tensors here. */
  static Factors of(DataType type, int headSize) {
    // A bf16 number is a factor as it is, and units for such products are ten times as fast as
    // vectors are in fp32. Without the units oneDNN would take the factors apart again.
    return type == DataType.BFLOAT16 && TileProduct.hasMatrixUnits() && headSize % (2 * LANES) == 0
        ? new Halves()
        : new Singles();
  }

  /** Bytes of an element. */
  int bytes();

  /** {@code c = a b}, or {@code c += a b}. */
  void multiply(Size size, long left, long right, long product, boolean add);

  /** To be called by a thread when it has made its last product for now. */
  void release();

  /** Brings in a block of rows as left factor; of SIDE rows those beyond {@code count} are 0. */
  void load(Rows rows, long first, int count, long left);

  /** A block as right factor. */
  void right(long left, int columns, long right);

  /** A block turned, as left factor. */
  void turnLeft(Tiles tiles, long left, int columns, long turned);

  /** A block turned, as right factor. */
  void turnRight(Tiles tiles, long left, int columns, long turned);

  /**
   * A tile of fp32 numbers as left factor.
   *
   * @param room where it may be put
   * @return where it is
   */
  long left(long tile, long room);

  /** A tile of fp32 numbers as right factor; parameters as of {@link #left}. */
  long right(long tile, long room);

  /** In fp32, as everything is: both factors are one row after another. */
  record Singles() implements Factors {
    @Override
    public int bytes() {
      return Float.BYTES;
    }

    @Override
    public void multiply(Size size, long left, long right, long product, boolean add) {
      TileProduct.multiply(size, left, right, product, add);
    }

    @Override
    public void release() {
      // Vectors are nobody's.
    }

    @Override
    public void load(Rows rows, long first, int count, long left) {
      var row = rows.columns() * Float.BYTES;
      for (var r = 0; r < count; r++) {
        for (var c = 0; c < rows.columns(); c += LANES) {
          Tiles.store(rows.load(first + r, c), left + (long) r * row + (long) c * Float.BYTES);
        }
      }
      Tiles.zero(left + (long) count * row, (long) (SIDE - count) * row);
    }

    @Override
    public void right(long left, int columns, long right) {
      MEMORY
          .asSlice(right, (long) SIDE * columns * Float.BYTES)
          .copyFrom(MEMORY.asSlice(left, (long) SIDE * columns * Float.BYTES));
    }

    @Override
    public void turnLeft(Tiles tiles, long left, int columns, long turned) {
      tiles.turn(left, SIDE, columns, turned);
    }

    @Override
    public void turnRight(Tiles tiles, long left, int columns, long turned) {
      tiles.turn(left, SIDE, columns, turned);
    }

    @Override
    public long left(long tile, long room) {
      return tile;
    }

    @Override
    public long right(long tile, long room) {
      return tile;
    }
  }

  /** In bf16; the right factor as {@link TileProduct#halves} wants it. */
  record Halves() implements Factors {
    private static final int HALF = 0x8000;
    private static final int UPPER = 0xffff0000;

    @Override
    public int bytes() {
      return Short.BYTES;
    }

    @Override
    public void multiply(Size size, long left, long right, long product, boolean add) {
      TileProduct.halves(size, left, right, product, add);
    }

    @Override
    public void release() {
      TileProduct.release();
    }

    @Override
    public void load(Rows rows, long first, int count, long left) {
      var row = rows.columns() * Short.BYTES;
      for (var r = 0; r < count; r++) {
        for (var at = 0; at < row; at += LANES * Short.BYTES) {
          halves(rows.at(first + r) + at)
              .intoMemorySegment(MEMORY, left + (long) r * row + at, ORDER);
        }
      }
      Tiles.zero(left + (long) count * row, (long) (SIDE - count) * row);
    }

    private static ShortVector halves(long address) {
      return ShortVector.fromMemorySegment(Rows.SHORTS, MEMORY, address, ORDER);
    }

    private static IntVector lower(long address) {
      return (IntVector)
          halves(address).convertShape(VectorOperators.ZERO_EXTEND_S2I, Rows.INTS, 0);
    }

    private static void store(IntVector words, long address) {
      words.intoMemorySegment(MEMORY, address, ORDER);
    }

    // The lower half of each word.
    private static void storeLower(IntVector words, long address) {
      words
          .convertShape(VectorOperators.I2S, Rows.SHORTS, 0)
          .reinterpretAsShorts()
          .intoMemorySegment(MEMORY, address, ORDER);
    }

    @Override
    public void right(long left, int columns, long right) {
      var row = (long) columns * Short.BYTES;
      for (var r = 0; r < SIDE; r += 2) {
        for (var c = 0; c < columns; c += LANES) {
          var at = left + r * row + (long) c * Short.BYTES;
          var pair = lower(at).or(lower(at + row).lanewise(VectorOperators.LSHL, 16));
          store(pair, right + r * row + (long) c * Integer.BYTES);
        }
      }
    }

    @Override
    public void turnLeft(Tiles tiles, long left, int columns, long turned) {
      turnRight(tiles, left, columns, turned);
      for (var c = 0; c < columns; c += 2) {
        split(turned + (long) c * SIDE * Short.BYTES, tiles.exchange());
      }
    }

    // Two rows whose elements lie side by side become one after the other, in the same place.
    private static void split(long rows, long room) {
      for (var i = 0; i < SIDE; i += LANES) {
        store(Tiles.word(rows + (long) i * Integer.BYTES), room + (long) i * Integer.BYTES);
      }
      for (var i = 0; i < SIDE; i += LANES) {
        var pairs = Tiles.word(room + (long) i * Integer.BYTES);
        var to = rows + (long) i * Short.BYTES;
        storeLower(pairs, to);
        storeLower(pairs.lanewise(VectorOperators.LSHR, 16), to + (long) SIDE * Short.BYTES);
      }
    }

    @Override
    public void turnRight(Tiles tiles, long left, int columns, long turned) {
      tiles.turn(left, SIDE, columns / 2, turned);
    }

    // Half of the last place is added and the rest cut off: ties, which are rare here, go away from
    // zero.
    private static IntVector rounded(long at) {
      return Tiles.word(at).add(HALF);
    }

    @Override
    public long left(long tile, long room) {
      for (var i = 0; i < SIDE * SIDE; i += LANES) {
        var bits = rounded(tile + (long) i * Float.BYTES);
        storeLower(bits.lanewise(VectorOperators.LSHR, 16), room + (long) i * Short.BYTES);
      }
      return room;
    }

    @Override
    public long right(long tile, long room) {
      for (var r = 0; r < SIDE; r += 2) {
        for (var c = 0; c < SIDE; c += LANES) {
          var at = tile + ((long) r * SIDE + c) * Float.BYTES;
          var first = rounded(at).lanewise(VectorOperators.LSHR, 16);
          var second = rounded(at + (long) SIDE * Float.BYTES).and(UPPER);
          store(first.or(second), room + ((long) r / 2 * SIDE + c) * Integer.BYTES);
        }
      }
      return room;
    }
  }
}
