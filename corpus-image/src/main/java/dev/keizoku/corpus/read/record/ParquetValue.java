package dev.keizoku.corpus.read.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hardwood.row.PqList;
import dev.hardwood.row.PqStruct;
import dev.keizoku.corpus.read.encoding.TextDecoder;
import java.nio.charset.StandardCharsets;

/** A value of Parquet as one of JSON, so that paths and fields are the same everywhere. */
final class ParquetValue {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ParquetValue() {}

  static JsonNode json(Object value) {
    return switch (value) {
      case null -> JSON.nullNode();
      case String text -> JSON.textNode(text);
      // Columns of writers that do not say that their bytes are text.
      case byte[] bytes -> {
        var text = TextDecoder.strict(bytes, 0, StandardCharsets.UTF_8);
        yield text == null ? JSON.nullNode() : JSON.textNode(text.text());
      }
      case PqStruct struct -> {
        var object = JSON.objectNode();
        for (int i = 0; i < struct.getFieldCount(); i++) {
          object.set(struct.getFieldName(i), struct.isNull(i) ? null : json(struct.getValue(i)));
        }
        yield object;
      }
      case PqList list -> {
        var array = JSON.arrayNode();
        for (var item : list.values()) {
          array.add(json(item));
        }
        yield array;
      }
      // Numbers, days and times as they are written; what has no text is none.
      case Comparable<?> plain -> JSON.textNode(plain.toString());
      default -> JSON.nullNode();
    };
  }
}
