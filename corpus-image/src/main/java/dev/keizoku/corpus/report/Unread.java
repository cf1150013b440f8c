package dev.keizoku.corpus.report;

import dev.keizoku.page.Cell;
import dev.keizoku.page.Table;
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

  Table rejectedRows() {
    var table =
        new Table("What could not be read")
            .label("source")
            .text("reason")
            .number("how many", "files, archive entries and records")
            .text("the first")
            .text("why");
    for (var row : rejected) {
      table.row(
          Cell.of(row.source()),
          Cell.of(row.word()),
          Cell.count(row.count()),
          Cell.of(row.place()),
          Cell.of(row.why()));
    }
    return table;
  }

  Table leftOutRows() {
    var table =
        new Table("Files that no reader took")
            .label("source")
            .text("extension")
            .number("files", "")
            .text("the first");
    for (var row : leftOut) {
      table.row(
          Cell.of(row.source()),
          Cell.of(row.word()),
          Cell.count(row.count()),
          Cell.of(row.place()));
    }
    return table;
  }
}
