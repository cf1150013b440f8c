package dev.keizoku.corpus.report;

import java.util.List;

/**
 * What of the sources is not in the version since it was not read.
 *
 * @param rejected what could not be read, a row a source and reason
 * @param leftOut files that no reader took, a row a source and extension
 */
public record Unread(List<Row> rejected, List<Row> leftOut) {

  /**
   * Some of a source with an example.
   *
   * @param source its name
   * @param word reason or extension
   * @param count how many
   * @param place the first of them
   * @param why it could not be read; empty for a file that was left out
   */
  public record Row(String source, String word, long count, String place, String why) {}
}
