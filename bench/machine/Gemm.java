import ai.djl.Device;
import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.Tensor;
import dev.keizoku.llm.torch.library.TorchThreads;
import java.util.Locale;

/**
 * Rate of this machine's matrix products through the trainer's own calls: the same shapes and the
 * same measure as gemm.py.
 *
 * <pre>../trainer/java.sh Gemm.java THREADS</pre>
 */
public final class Gemm {
  private static final int TOKENS = 1024;
  private static final int[][] SHAPES = {{512, 1408}, {768, 2816}, {768, 32768}};
  private static final long NANOS = 1_000_000_000L;

  private Gemm() {}

  /** Entry point. */
  public static void main(String[] arguments) {
    int threads = Integer.parseInt(arguments[0]);
    TorchThreads.use(threads);
    try (var memory = new DeviceMemory(Device.cpu())) {
      for (var type : new DataType[] {DataType.FLOAT32, DataType.BFLOAT16}) {
        for (var shape : SHAPES) {
          for (var kind : new String[] {"NT", "NN", "TN"}) {
            System.out.printf(
                Locale.ROOT,
                "java  %-12s %d threads %s %d x %d x %d: %6.0f GFLOP/s%n",
                type == DataType.FLOAT32 ? "fp32" : "bf16",
                threads,
                kind,
                TOKENS,
                shape[0],
                shape[1],
                rate(memory, type, kind, shape[0], shape[1]));
          }
        }
      }
    }
  }

  private static double rate(DeviceMemory memory, DataType type, String kind, int in, int out) {
    try (var scope = memory.scope()) {
      Tensor a = memory.zeros(type, TOKENS, kind.equals("NT") ? in : out);
      Tensor b = kind.equals("TN") ? memory.zeros(type, TOKENS, in) : memory.zeros(type, out, in);
      a = kind.equals("TN") ? a.t() : a;
      b = kind.equals("NT") ? b.t() : b;
      Tensor product = memory.empty(type, a.dim(0), b.dim(1));
      long best = Long.MAX_VALUE;
      for (long until = System.nanoTime() + NANOS; System.nanoTime() < until; ) {
        long started = System.nanoTime();
        AtenCalls.mm(product, a, b);
        best = Math.min(best, System.nanoTime() - started);
      }
      return 2.0 * TOKENS * in * out / best;
    }
  }
}
