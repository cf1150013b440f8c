package dev.keizoku.eval.data;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** JSON lines, an array of objects, or an object that has such an array in a field. */
final class JsonRows {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> ROW = new TypeReference<>() {};

  private JsonRows() {}

  static List<Map<String, Object>> read(byte[] bytes, RowOptions options) throws IOException {
    var rows = new ArrayList<Map<String, Object>>();
    try (var values = JSON.readerFor(JsonNode.class).<JsonNode>readValues(bytes)) {
      while (values.hasNextValue()) {
        var value = values.nextValue();
        var items = options.field() == null ? value : value.path(options.field());
        if (options.field() != null && !items.isArray()) {
          throw new IOException("it has no array '%s'".formatted(options.field()));
        }
        if (items.isArray()) {
          for (var item : items) {
            rows.add(row(item, rows.size()));
          }
        } else {
          rows.add(row(items, rows.size()));
        }
      }
    }
    return rows;
  }

  private static Map<String, Object> row(JsonNode node, int index) throws IOException {
    if (!node.isObject()) {
      throw new IOException("row %d is no object".formatted(index));
    }
    return JSON.convertValue(node, ROW);
  }
}
