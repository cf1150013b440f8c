package dev.keizoku.trainer.plan;

/**
 * What a run reads before its first step.
 *
 * @param weightBytes of the base model as it is stored; 0 for a start from nothing
 * @param corpusBytes of all corpora's tokens, which stay on the scratch volume
 */
public record Reads(long weightBytes, long corpusBytes) {
  /** Where neither was looked at. */
  public static final Reads UNKNOWN = new Reads(0, 0);

  /** All of it. */
  public long bytes() {
    return weightBytes + corpusBytes;
  }
}
