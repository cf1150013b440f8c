package dev.keizoku.eval.score;

import java.util.List;

/**
 * How much is fed and held at once by a copy of a model. A pass is as large as the run allows;
 * sequences are as many as fill it with their next steps, which are short where most of a text is
 * shared, and as find room.
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
   * What the devices of a copy bear.
   *
   * @param batchTokens tokens fed at a time by all threads together
   * @param room bytes that each device has
   * @param devices what the model takes of each
   */
  static Batching of(int batchTokens, long room, List<ScoringMemory> devices) {
    var any = devices.getFirst();
    int pass = Math.max(TILE, batchTokens / any.threads() / TILE * TILE);
    int enough = any.host() ? Math.min(pass, ENOUGH_ON_HOST) : pass;
    return new Batching(enough, held(pass, room, devices), any.threads());
  }

  /** Every device holds the same tokens, so the fullest says how many. */
  private static long held(int pass, long room, List<ScoringMemory> devices) {
    return devices.stream()
        .filter(memory -> memory.layers() > 0)
        .mapToLong(
            memory -> {
              long left = room - memory.weights() - memory.pass((long) pass * memory.threads());
              return Math.max(0, left) / memory.heldToken();
            })
        .min()
        .orElseThrow();
  }

  /** Sequences that all threads together have side by side, at least one. */
  int lanes(ScoringPlan plan) {
    long fill = (long) threads * Math.ceilDiv(passTokens, plan.fed().aStep());
    long fits = heldTokens / Math.max(1, plan.longestInput());
    return (int) Math.max(1, Math.min(fill, fits));
  }
}
