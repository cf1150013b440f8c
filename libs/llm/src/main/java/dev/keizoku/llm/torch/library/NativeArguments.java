package dev.keizoku.llm.torch.library;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The C++ argument types that have no C form, laid out by hand in this thread's memory. */
public final class NativeArguments {
  private static final int SCALAR_BYTES = 32;
  private static final ThreadLocal<MemorySegment> SCALARS =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(4 * SCALAR_BYTES, 64));
  private static final ThreadLocal<MemorySegment> DIMS =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(64, 64));
  private static final MemorySegment NO_TYPE = Arena.global().allocate(2);

  private NativeArguments() {}

  /**
   * A {@code c10::Scalar} that holds a double: tag 0, the value at offset 16.
   *
   * @param slot 0 to 3: scalars of one call need slots of their own
   * @return its address
   */
  public static long scalar(int slot, double value) {
    var segment = SCALARS.get();
    segment.set(ValueLayout.JAVA_INT, (long) slot * SCALAR_BYTES, 0);
    segment.set(ValueLayout.JAVA_DOUBLE, (long) slot * SCALAR_BYTES + 16, value);
    return segment.address() + (long) slot * SCALAR_BYTES;
  }

  /** A {@code c10::OptionalArrayRef<int64_t>} of one dimension. */
  public static MemorySegment dims(long dim) {
    var segment = DIMS.get();
    segment.set(ValueLayout.JAVA_LONG, 32, dim);
    segment.set(ValueLayout.JAVA_LONG, 0, segment.address() + 32);
    segment.set(ValueLayout.JAVA_LONG, 8, 1);
    segment.set(ValueLayout.JAVA_LONG, 16, 1);
    return segment.asSlice(0, 24);
  }

  /** A {@code std::optional<int64_t>} that holds a dimension. */
  public static MemorySegment dim(long dim) {
    var segment = DIMS.get();
    segment.set(ValueLayout.JAVA_LONG, 0, dim);
    segment.set(ValueLayout.JAVA_LONG, 8, 1);
    return segment.asSlice(0, 16);
  }

  /** An empty {@code std::optional<c10::ScalarType>}. */
  public static MemorySegment noType() {
    return NO_TYPE;
  }

  /** A {@code std::string} (libstdc++): address, length, 16 bytes for short ones. */
  public static MemorySegment string(Arena arena, String text) {
    var segment = arena.allocate(32, 8);
    segment.set(ValueLayout.JAVA_LONG, 0, arena.allocateFrom(text).address());
    segment.set(ValueLayout.JAVA_LONG, 8, text.length());
    return segment;
  }

  /** The characters of a {@code std::string}. */
  public static String text(MemorySegment string) {
    return MemorySegment.ofAddress(string.get(ValueLayout.JAVA_LONG, 0))
        .reinterpret(string.get(ValueLayout.JAVA_LONG, 8) + 1)
        .getString(0);
  }
}
