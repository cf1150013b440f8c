package dev.keizoku.eval.data;

import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.row.PqList;
import dev.hardwood.row.PqStruct;
import dev.hardwood.row.StructAccessor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows of a Parquet file, with lists and structures in them. */
final class ParquetRows {
  private ParquetRows() {}

  static List<Map<String, Object>> read(byte[] bytes) throws IOException {
    var rows = new ArrayList<Map<String, Object>>();
    try (var reader = ParquetFileReader.open(InputFile.of(ByteBuffer.wrap(bytes)));
        var row = reader.rowReader()) {
      while (row.hasNext()) {
        row.next();
        rows.add(fields(row));
      }
    } catch (IllegalArgumentException | IllegalStateException | UnsupportedOperationException e) {
      throw new IOException(e.getMessage(), e);
    }
    return rows;
  }

  private static Map<String, Object> fields(StructAccessor of) throws IOException {
    var fields = new LinkedHashMap<String, Object>();
    for (int i = 0; i < of.getFieldCount(); i++) {
      fields.put(of.getFieldName(i), value(of.getValue(i)));
    }
    return fields;
  }

  private static Object value(Object value) throws IOException {
    return switch (value) {
      case null -> null;
      case PqStruct struct -> fields(struct);
      case PqList list -> {
        var items = new ArrayList<Object>();
        for (var item : list.values()) {
          items.add(value(item));
        }
        yield items;
      }
      case Float number -> Double.valueOf(number);
      case Number number -> number;
      case Boolean truth -> truth;
      case byte[] binary -> throw new IOException("a column holds bytes, not text");
      default -> value.toString();
    };
  }
}
