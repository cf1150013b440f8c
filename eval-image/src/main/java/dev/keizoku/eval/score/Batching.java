package dev.keizoku.eval.score;

/**
 * How much is fed and held at once on a device. A pass is as large as the run allows; sequences are
 * as many as fill it with their next steps, which are short where most of a text is shared, and as
 * find room.
 *
 * @param passTokens tokens of a thread's forward pass at most
 * @param heldTokens tokens whose keys and values all threads may hold
 * @param threads that feed at once
 */
record Batching(int passTokens, long heldTokens, int threads) {
  /** On a processor a larger pass costs more memory and is no faster. */
  private static final int ENOUGH_ON_HOST = 512;

  /** Steps are cut at multiples of it, where fixed shapes are whole. */
  private static final int TILE = 64;

  /**
   * What a device bears.
   *
   * @param batchTokens tokens fed at a time by all threads of a device
   * @param room bytes that a device has
   * @param memory what the model takes of it
   */
  static Batching of(int batchTokens, long room, ScoringMemory memory) {
    int pass = Math.max(TILE, batchTokens / memory.threads() / TILE * TILE);
    long left = room - memory.weights() - memory.pass((long) pass * memory.threads());
    long held = Math.max(0, left) / memory.heldToken();
    int enough = memory.host() ? Math.min(pass, ENOUGH_ON_HOST) : pass;
    return new Batching(enough, held, memory.threads());
  }

  /** Sequences that all threads together have side by side, at least one. */
  int lanes(ScoringPlan plan) {
    long fill = (long) threads * Math.ceilDiv(passTokens, plan.fed().aStep());
    long fits = heldTokens / Math.max(1, plan.longestInput());
    return (int) Math.max(1, Math.min(fill, fits));
  }
}
