package dev.keizoku.storage.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a flat table, row after row; holds one row group (16 MiB) in memory.
 *
 * <p>Source: apache/parquet-format README.md and parquet.thrift. [NOT IMPLEMENTED] compression,
 * dictionaries, nulls, statistics.
 */
public final class ParquetWriter {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final long ROW_GROUP_BYTES = 16 << 20;
  private static final int INT64 = 2;
  private static final int BYTE_ARRAY = 6;
  private static final int PLAIN = 0;
  private static final int RLE = 3;

  private final OutputStream out;
  private final List<ParquetColumn> columns;
  private final List<ByteArrayOutputStream> values = new ArrayList<>();
  private final List<ThriftStruct> rowGroups = new ArrayList<>();
  private long position;
  private long rows;
  private int groupRows;

  /**
   * @param out where to; not closed here
   * @param columns at least one, in order
   */
  public ParquetWriter(OutputStream out, List<ParquetColumn> columns) throws IOException {
    this.out = out;
    this.columns = List.copyOf(columns);
    columns.forEach(column -> values.add(new ByteArrayOutputStream()));
    write(MAGIC);
  }

  /**
   * Adds a row.
   *
   * @param row a {@code String} or {@code Long} a column, none null
   */
  public void add(Object... row) throws IOException {
    long size = 0;
    for (int i = 0; i < columns.size(); i++) {
      var column = values.get(i);
      switch (columns.get(i).type()) {
        case STRING -> {
          var text = ((String) row[i]).getBytes(StandardCharsets.UTF_8);
          column.writeBytes(int32(text.length));
          column.writeBytes(text);
        }
        case INT64 -> column.writeBytes(int64((Long) row[i]));
      }
      size += column.size();
    }
    groupRows++;
    if (size >= ROW_GROUP_BYTES) {
      endRowGroup();
    }
  }

  /** Bytes written so far, without the row group in memory. */
  public long bytes() {
    return position;
  }

  /** Writes what is left and the footer; nothing may be added afterwards. */
  public void finish() throws IOException {
    if (groupRows > 0) {
      endRowGroup();
    }
    var footer =
        new ThriftStruct()
            .i32(1, 1)
            .structs(2, schema())
            .i64(3, rows)
            .structs(4, rowGroups)
            .string(6, "keizoku")
            .bytes();
    write(footer);
    write(int32(footer.length));
    write(MAGIC);
  }

  private List<ThriftStruct> schema() {
    var elements = new ArrayList<ThriftStruct>();
    elements.add(new ThriftStruct().string(4, "schema").i32(5, columns.size()));
    for (var column : columns) {
      var element =
          new ThriftStruct().i32(1, physicalType(column)).i32(3, 0).string(4, column.name());
      if (column.type() == ParquetColumn.Type.STRING) {
        // Both the old and the new way to say that the bytes are UTF-8.
        element.i32(6, 0).struct(10, new ThriftStruct().struct(1, new ThriftStruct()));
      }
      elements.add(element);
    }
    return elements;
  }

  private static int physicalType(ParquetColumn column) {
    return column.type() == ParquetColumn.Type.STRING ? BYTE_ARRAY : INT64;
  }

  private void endRowGroup() throws IOException {
    var chunks = new ArrayList<ThriftStruct>();
    long groupBytes = 0;
    for (int i = 0; i < columns.size(); i++) {
      long begin = position;
      var page = values.get(i).toByteArray();
      var header =
          new ThriftStruct()
              .i32(1, 0)
              .i32(2, page.length)
              .i32(3, page.length)
              .struct(
                  5, new ThriftStruct().i32(1, groupRows).i32(2, PLAIN).i32(3, RLE).i32(4, RLE));
      write(header.bytes());
      write(page);
      long size = position - begin;
      groupBytes += size;
      var metadata =
          new ThriftStruct()
              .i32(1, physicalType(columns.get(i)))
              .i32s(2, PLAIN, RLE)
              .strings(3, columns.get(i).name())
              .i32(4, 0)
              .i64(5, groupRows)
              .i64(6, size)
              .i64(7, size)
              .i64(9, begin);
      chunks.add(new ThriftStruct().i64(2, begin).struct(3, metadata));
      values.get(i).reset();
    }
    rowGroups.add(new ThriftStruct().structs(1, chunks).i64(2, groupBytes).i64(3, groupRows));
    rows += groupRows;
    groupRows = 0;
  }

  private void write(byte[] bytes) throws IOException {
    out.write(bytes);
    position += bytes.length;
  }

  private static byte[] int32(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  private static byte[] int64(long value) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
  }
}
