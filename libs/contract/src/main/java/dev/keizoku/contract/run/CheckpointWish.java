package dev.keizoku.contract.run;

/**
 * That a person asks a run for a checkpoint now. A wish is any text; another than before is another
 * wish.
 */
public final class CheckpointWish {
  /** Parameter of {@code GET /progress} that holds the newest wish. */
  public static final String PARAMETER = "checkpoint";

  /**
   * The environment variable with the wish that was there before the attempt was ordered: nothing
   * is saved for that.
   */
  public static final String VARIABLE = "KEIZOKU_CHECKPOINT";

  /** Characters of a wish; what is beyond them is left out. */
  public static final int LONGEST = 64;

  private CheckpointWish() {}

  /** The wish in a text; null for null. */
  public static String of(String text) {
    return text == null || text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }
}
