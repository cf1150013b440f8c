package dev.keizoku.llm.torch;

import dev.keizoku.llm.torch.library.LibTorch;
import dev.keizoku.llm.torch.library.NativeArguments;
import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandle;

/**
 * Products of small matrices in host memory, by oneDNN's micro-kernels as ATen uses them in its own
 * attention ({@code at::native::cpublas::brgemm}). A kernel is generated for each combination of
 * sizes and kept, so callers use few.
 */
public final class TileProduct {
  // std::string at::get_cpu_capability(): its result is written where the argument points.
  private static final MethodHandle CAPABILITY =
      LibTorch.function("_ZN2at18get_cpu_capabilityB5cxx11Ev", "L", 'L');
  private static final String PRODUCT = "_ZN2at6native7cpublas6brgemmEllllllb";
  private static final MethodHandle SINGLES =
      LibTorch.function(PRODUCT + "PKfS3_Pfb", "LLLLLLZLLLZ", 'V');
  private static final MethodHandle HALVES =
      LibTorch.function(PRODUCT + "PKN3c108BFloat16ES5_Pfb", "LLLLLLZLLLZ", 'V');
  private static final MethodHandle HAS_UNITS =
      LibTorch.function("_ZN2at6native7cpublas10could_packEN3c1010ScalarTypeE", "I", 'Z');
  private static final MethodHandle RELEASE =
      LibTorch.function("_ZN2at6native7cpublas14brgemm_releaseEb", "Z", 'V');

  private static final boolean SUPPORTED = hasAvx512();
  private static final boolean UNITS = SUPPORTED && hasUnits();

  private TileProduct() {}

  /** Whether this processor has them; where not, {@link #multiply} would end the process. */
  public static boolean supported() {
    return SUPPORTED;
  }

  /** Whether it has units for products of bf16 matrices (AMX), so that {@link #halves} is quick. */
  public static boolean hasMatrixUnits() {
    return UNITS;
  }

  private static boolean hasAvx512() {
    // A name as short as these lies in the string itself: there is nothing to free.
    try (var arena = Arena.ofConfined()) {
      var name = arena.allocate(32, 8);
      var ignored = (long) CAPABILITY.invokeExact(name.address());
      return NativeArguments.text(name).equals("AVX512");
    } catch (Throwable thrown) {
      throw LibTorch.unexpected(thrown);
    }
  }

  private static boolean hasUnits() {
    try {
      return (boolean) HAS_UNITS.invokeExact(DataType.BFLOAT16.code());
    } catch (Throwable thrown) {
      throw LibTorch.unexpected(thrown);
    }
  }

  /**
   * {@code c = a b}, or {@code c += a b}; a is [rows, inner], b [inner, columns], c [rows,
   * columns], each fp32 and one row after another.
   *
   * @param a address
   * @param b address
   * @param c address
   */
  public static void multiply(Size size, long a, long b, long c, boolean add) {
    try {
      SINGLES.invokeExact(
          size.rows,
          size.columns,
          size.inner,
          size.inner,
          size.columns,
          size.columns,
          add,
          a,
          b,
          c,
          false);
    } catch (Throwable thrown) {
      throw LibTorch.unexpected(thrown);
    }
  }

  /**
   * The same of bf16 factors; the product is fp32. After the last one the thread must {@link
   * #release} the units, and before anybody else uses them; change of size or of {@code add} costs
   * as much as a product of 64 x 64 x 64.
   *
   * @param b as [inner / 2, columns, 2]: row {@code 2 i} and {@code 2 i + 1} side by side
   */
  public static void halves(Size size, long a, long b, long c, boolean add) {
    try {
      HALVES.invokeExact(
          size.rows,
          size.columns,
          size.inner,
          size.inner,
          size.columns,
          size.columns,
          add,
          a,
          b,
          c,
          true);
    } catch (Throwable thrown) {
      throw LibTorch.unexpected(thrown);
    }
  }

  /** Gives the matrix units back that {@link #halves} set up for this thread. */
  public static void release() {
    try {
      RELEASE.invokeExact(true);
    } catch (Throwable thrown) {
      throw LibTorch.unexpected(thrown);
    }
  }

  /** Sizes of a product. */
  public record Size(long rows, long inner, long columns) {}
}
