package dev.keizoku.llm.torch;

/** How many threads an operator that is called from this thread may use. */
public final class TorchThreads {
  private TorchThreads() {}

  /**
   * Sets the number for the calling thread; 1 or more. Results of fp32 sums depend on it, so a run
   * keeps one number from start to end.
   */
  public static void use(int threads) {
    LibTorch.setThreads(Math.max(1, threads));
  }
}
