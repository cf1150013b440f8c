package dev.keizoku.eval.files;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keizoku.eval.request.PythonLiteral;
import java.util.ArrayList;
import java.util.List;

/** JSON as Python's {@code json.dumps(value, indent=2, ensure_ascii=False)} writes it. */
final class PythonJson {
  private static final String STEP = "  ";

  private PythonJson() {}

  static String indented(JsonNode value) {
    return written(value, "");
  }

  private static String written(JsonNode value, String indent) {
    if (value.isObject()) {
      var fields = new ArrayList<String>();
      for (var field : value.properties()) {
        fields.add(text(field.getKey()) + ": " + written(field.getValue(), indent + STEP));
      }
      return lines('{', fields, indent, '}');
    }
    if (value.isArray()) {
      var items = new ArrayList<String>();
      value.forEach(item -> items.add(written(item, indent + STEP)));
      return lines('[', items, indent, ']');
    }
    if (value.isTextual()) {
      return text(value.textValue());
    }
    return value.isFloatingPointNumber()
        ? PythonLiteral.number(value.doubleValue())
        : value.asText();
  }

  private static String lines(char open, List<String> parts, String indent, char close) {
    if (parts.isEmpty()) {
      return "" + open + close;
    }
    var line = "\n" + indent + STEP;
    return open + line + String.join("," + line, parts) + "\n" + indent + close;
  }

  private static String text(String value) {
    var written = new StringBuilder("\"");
    for (char c : value.toCharArray()) {
      switch (c) {
        case '"' -> written.append("\\\"");
        case '\\' -> written.append("\\\\");
        case '\n' -> written.append("\\n");
        case '\r' -> written.append("\\r");
        case '\t' -> written.append("\\t");
        case '\b' -> written.append("\\b");
        case '\f' -> written.append("\\f");
        default -> written.append(c < ' ' ? "\\u%04x".formatted((int) c) : String.valueOf(c));
      }
    }
    return written.append('"').toString();
  }
}
