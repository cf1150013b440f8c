package dev.keizoku.eval.data;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** How a file holds rows; the names are those of {@code datasets}' builders. */
public enum RowFormat {
  /** A line an object, or one array of objects. */
  JSON(JsonRows::read),
  /** Comma-separated with quotes; the first line names the columns unless the options do. */
  CSV(CsvRows::read),
  /** Apache Parquet. */
  PARQUET((bytes, options) -> ParquetRows.read(bytes));

  /** Reads a file. */
  private interface Reader {
    List<Map<String, Object>> read(byte[] bytes, RowOptions options) throws IOException;
  }

  private final Reader reader;

  RowFormat(Reader reader) {
    this.reader = reader;
  }

  /**
   * The rows of a file in order: texts, whole numbers as {@link Integer} or {@link Long}, others as
   * {@link Double}, truth values, null, and lists and maps of them.
   *
   * @throws IOException when it is not such a file; the message says where
   */
  public List<Map<String, Object>> read(byte[] bytes, RowOptions options) throws IOException {
    return reader.read(bytes, options);
  }
}
