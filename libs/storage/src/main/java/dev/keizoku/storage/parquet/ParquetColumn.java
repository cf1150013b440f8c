package dev.keizoku.storage.parquet;

/**
 * A required column.
 *
 * @param name its name
 * @param type of its values
 */
public record ParquetColumn(String name, Type type) {

  /** What a column holds. */
  public enum Type {
    /** Text, UTF-8. */
    STRING,
    /** 64-bit integer. */
    INT64
  }

  /** A column of text. */
  public static ParquetColumn string(String name) {
    return new ParquetColumn(name, Type.STRING);
  }

  /** A column of integers. */
  public static ParquetColumn int64(String name) {
    return new ParquetColumn(name, Type.INT64);
  }
}
