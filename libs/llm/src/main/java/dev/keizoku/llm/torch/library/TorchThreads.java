package dev.keizoku.llm.torch.library;

/** How many threads an operator that is called from this thread may use. */
public final class TorchThreads {
  private static final ThreadLocal<Integer> IN_USE =
      ThreadLocal.withInitial(() -> Runtime.getRuntime().availableProcessors());

  private TorchThreads() {}

  /**
   * Sets the number for the calling thread; 1 or more. Results of fp32 sums depend on it, so a run
   * keeps one number from start to end.
   */
  public static void use(int threads) {
    IN_USE.set(Math.max(1, threads));
    LibTorch.setThreads(IN_USE.get());
  }

  /** The number that the calling thread may use; at first that of the processors. */
  public static int inUse() {
    return IN_USE.get();
  }
}
