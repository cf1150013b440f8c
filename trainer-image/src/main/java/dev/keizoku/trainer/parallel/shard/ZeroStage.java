package dev.keizoku.trainer.parallel.shard;

/**
 * What is sharded. Source: Rajbhandari et al. 2020, "ZeRO", section 5.
 *
 * @param number 0 to 3
 */
public record ZeroStage(int number) {
  /** Refuses other numbers. */
  public ZeroStage {
    if (number < 0 || number > 3) {
      throw new IllegalArgumentException("ZeRO stage " + number);
    }
  }

  /**
   * The stage that says what a rank holds. Ranks that share memory see each other's slices where
   * they are, so that nothing speaks for whole copies: from stage 1 on they hold what stage 3
   * holds.
   */
  public ZeroStage held(boolean sharedMemory) {
    return sharedMemory && shardsOptimizer() ? new ZeroStage(3) : this;
  }

  /** Stage 1 and above: each rank updates its slice only. */
  public boolean shardsOptimizer() {
    return number >= 1;
  }

  /** Stage 2 and above: each rank keeps the gradients of its slice only. */
  public boolean shardsGradients() {
    return number >= 2;
  }

  /** Stage 3: each rank keeps its slice of the parameters only. */
  public boolean shardsParameters() {
    return number >= 3;
  }
}
