package dev.keizoku.llm.kernel;

import static dev.keizoku.llm.kernel.Rows.FLOATS;
import static dev.keizoku.llm.kernel.Rows.LANES;
import static dev.keizoku.llm.kernel.Rows.MEMORY;
import static dev.keizoku.llm.kernel.Rows.ORDER;

import dev.keizoku.llm.torch.TileProduct;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/** One thread's working memory for attention, by address, and how squares in it are turned. */
final class Tiles {
  static final int SIDE = 64;

  private static final long WORD = Integer.BYTES;
  private static final long VECTOR = LANES * WORD;
  private static final ThreadLocal<Tiles> OF_THREAD = ThreadLocal.withInitial(Tiles::new);

  // In the end each lane has changed places with each row.
  private static final Step[] STEPS =
      IntStream.iterate(1, step -> step < LANES, step -> 2 * step)
          .mapToObj(Step::of)
          .toArray(Step[]::new);

  private final MemorySegment exchange = Arena.ofAuto().allocate(LANES * VECTOR, 64);
  private MemorySegment memory = MemorySegment.NULL;
  private long used;

  private Tiles() {}

  /** The memory of this thread, all of it free, with room for {@code bytes}. */
  static Tiles withRoomFor(long bytes) {
    var tiles = OF_THREAD.get();
    if (tiles.memory.byteSize() < bytes) {
      tiles.memory = Arena.ofAuto().allocate(bytes, 64);
    }
    tiles.used = 0;
    return tiles;
  }

  /** Address of {@code bytes} that nobody else uses; what is there is whatever was there. */
  long take(long bytes) {
    var address = memory.address() + used;
    used += bytes;
    if (used > memory.byteSize()) {
      throw new IllegalStateException("no room for %d more bytes".formatted(bytes));
    }
    return address;
  }

  /** The same, zeros. */
  long takeZeros(long bytes) {
    var address = take(bytes);
    zero(address, bytes);
    return address;
  }

  static void zero(long address, long bytes) {
    MEMORY.asSlice(address, bytes).fill((byte) 0);
  }

  /**
   * How a step of turning a square exchanges lanes of rows {@code i} and {@code i + step}.
   *
   * @param odd lanes of the second of each pair of groups of {@code step}
   * @param up lane {@code l} from lane {@code l - step}
   * @param down lane {@code l} from lane {@code l + step}
   */
  private record Step(
      int step, VectorMask<Integer> odd, VectorShuffle<Integer> up, VectorShuffle<Integer> down) {

    static Step of(int step) {
      var odd = new boolean[LANES];
      var up = new int[LANES];
      var down = new int[LANES];
      Arrays.setAll(up, lane -> (lane - step + LANES) % LANES);
      Arrays.setAll(down, lane -> (lane + step) % LANES);
      for (var lane = 0; lane < LANES; lane++) {
        odd[lane] = (lane & step) != 0;
      }
      return new Step(
          step,
          VectorMask.fromArray(Rows.INTS, odd, 0),
          VectorShuffle.fromArray(Rows.INTS, up, 0),
          VectorShuffle.fromArray(Rows.INTS, down, 0));
    }

    void run(long from, long fromStride, long to, long toStride) {
      for (var i = 0; i < LANES; i++) {
        if ((i & step) == 0) {
          var a = word(from + i * fromStride);
          var b = word(from + (i + step) * fromStride);
          a.blend(b.rearrange(up), odd).intoMemorySegment(MEMORY, to + i * toStride, ORDER);
          a.rearrange(down)
              .blend(b, odd)
              .intoMemorySegment(MEMORY, to + (i + step) * toStride, ORDER);
        }
      }
    }
  }

  /** Room for a vector of vectors, whatever was there; {@link #turn} uses it too. */
  long exchange() {
    return exchange.address();
  }

  static FloatVector load(long address) {
    return FloatVector.fromMemorySegment(FLOATS, MEMORY, address, ORDER);
  }

  static void store(FloatVector values, long address) {
    values.intoMemorySegment(MEMORY, address, ORDER);
  }

  static IntVector word(long address) {
    return IntVector.fromMemorySegment(Rows.INTS, MEMORY, address, ORDER);
  }

  /**
   * Turns a matrix of words of 32 bits: {@code to[c][r] = from[r][c]}; rows and columns are
   * multiples of the vectors' length.
   */
  void turn(long from, int rows, int columns, long to) {
    for (var r = 0; r < rows; r += LANES) {
      for (var c = 0; c < columns; c += LANES) {
        turnSquare(
            from + (r * (long) columns + c) * WORD,
            columns * WORD,
            to + (c * (long) rows + r) * WORD,
            rows * WORD);
      }
    }
  }

  /** One square as wide as a vector; strides in bytes. */
  void turnSquare(long from, long fromStride, long to, long toStride) {
    var last = STEPS.length - 1;
    var between = exchange.address();
    STEPS[0].run(from, fromStride, between, VECTOR);
    for (var s = 1; s < last; s++) {
      STEPS[s].run(between, VECTOR, between, VECTOR);
    }
    STEPS[last].run(between, VECTOR, to, toStride);
  }

  /** Whether heads of this size can be cut into tiles here. */
  static boolean serve(int headSize) {
    return headSize % LANES == 0 && SIDE % LANES == 0 && TileProduct.supported();
  }
}
