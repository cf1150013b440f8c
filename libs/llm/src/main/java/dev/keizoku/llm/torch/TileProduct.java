package dev.keizoku.llm.torch;

import dev.keizoku.llm.torch.library.LibTorch;
import dev.keizoku.llm.torch.library.NativeArguments;
import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandle;

/**
 * Products of small fp32 matrices in host memory, by oneDNN's micro-kernels as ATen uses them in
 * its own attention ({@code at::native::cpublas::brgemm}). A kernel is generated for each
 * combination of sizes and kept, so callers use few.
 */
public final class TileProduct {
  // std::string at::get_cpu_capability(): its result is written where the argument points.
  private static final MethodHandle CAPABILITY =
      LibTorch.function("_ZN2at18get_cpu_capabilityB5cxx11Ev", "L", 'L');
  private static final MethodHandle BRGEMM =
      LibTorch.function("_ZN2at6native7cpublas6brgemmEllllllbPKfS3_Pfb", "LLLLLLZLLLZ", 'V');

  private static final boolean SUPPORTED = hasAvx512();

  private TileProduct() {}

  /** Whether this processor has them; where not, {@link #multiply} would end the process. */
  public static boolean supported() {
    return SUPPORTED;
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

  /**
   * {@code c = a b}, or {@code c += a b}; a is [rows, inner], b [inner, columns], c [rows,
   * columns], each one row after another.
   *
   * @param a address
   * @param b address
   * @param c address
   */
  public static void multiply(Size size, long a, long b, long c, boolean add) {
    try {
      BRGEMM.invokeExact(
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

  /** Sizes of a product. */
  public record Size(long rows, long inner, long columns) {}
}
