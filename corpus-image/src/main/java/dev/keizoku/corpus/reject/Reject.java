package dev.keizoku.corpus.reject;

/**
 * A file, an entry of an archive or a record that could not be read.
 *
 * @param source position of its source in the run
 * @param order rises in the order of reading, whatever the number of threads
 * @param place path below the source's URI; {@code !} leads into an archive, {@code #} to a record
 * @param reason what it is counted under
 * @param why half a sentence, at most 200 characters
 * @param bytes size of the file or, packed, of the archive's entry; 0 for a record
 */
public record Reject(
    int source, long order, String place, RejectReason reason, String why, long bytes) {
  private static final int WHY_CHARACTERS = 200;

  /** Cuts what a library said to its length and to one line. */
  public Reject {
    why = why.replaceAll("\\s+", " ");
    why = why.length() <= WHY_CHARACTERS ? why : why.substring(0, WHY_CHARACTERS - 3) + "...";
  }
}
