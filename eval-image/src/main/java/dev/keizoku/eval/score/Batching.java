package dev.keizoku.eval.score;

/**
 * How much is fed and held at once, by a thread that uses a model. A pass is as large as the run
 * allows; sequences are as many as fill it with their next steps, which are short where most of a
 * text is shared, and as find room.
 *
 * @param passTokens tokens of a forward pass at most
 * @param heldTokens tokens whose keys and values it may hold
 */
record Batching(int passTokens, long heldTokens) {
  /** On a processor a larger pass costs more memory and is no faster. */
  private static final int ENOUGH_ON_HOST = 512;

  /** Steps are cut at multiples of it, where fixed shapes are whole. */
  private static final int TILE = 64;

  /**
   * The share of each thread.
   *
   * @param batchTokens tokens fed at a time by all threads of a device
   * @param room bytes that a device has
   * @param memory what the model takes of it
   */
  static Batching of(int batchTokens, long room, ScoringMemory memory) {
    int pass = Math.max(TILE, batchTokens / memory.threads() / TILE * TILE);
    long left = room - memory.weights() - memory.pass((long) pass * memory.threads());
    long held = Math.max(0, left) / memory.heldToken() / memory.threads();
    return new Batching(memory.host() ? Math.min(pass, ENOUGH_ON_HOST) : pass, held);
  }

  /** Sequences that a thread feeds side by side, at least one. */
  int lanes(ScoringPlan plan) {
    long fill = Math.ceilDiv(passTokens, plan.fed().aStep());
    long fits = heldTokens / Math.max(1, plan.longestInput());
    return (int) Math.max(1, Math.min(fill, fits));
  }
}
