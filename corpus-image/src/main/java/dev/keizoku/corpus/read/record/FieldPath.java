package dev.keizoku.corpus.read.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A field of a record: a name, or a path with dots into nested objects, where {@code []} stands
 * behind an array. {@code meetings[].speeches[].speech} makes a document of each speech; {@code
 * paragraphs[]} joins an array of strings by line feeds.
 */
final class FieldPath {
  private static final String EACH = "[]";

  private final String path;

  FieldPath(String path) {
    this.path = path;
  }

  /** A record that the path's arrays lead to, and the objects that it lies in, nearest first. */
  record Place(JsonNode record, List<JsonNode> around) {

    /** The value of a field, here or around; missing where there is none. */
    JsonNode find(String field) {
      var found = at(record, field);
      for (int i = 0; i < around.size() && !found.isValueNode(); i++) {
        found = at(around.get(i), field);
      }
      return found;
    }
  }

  /** Whether one object may hold several records. */
  boolean leadsToMany() {
    return path.lastIndexOf(EACH + ".") >= 0;
  }

  /** The records in an object; itself where the path has no array of objects. */
  List<Place> records(JsonNode root) {
    var places = List.of(new Place(root, List.of()));
    int end = path.lastIndexOf(EACH + ".");
    if (end < 0 || root.has(path)) {
      return places;
    }
    for (var step : path.substring(0, end).split("\\[\\]\\.?", -1)) {
      var inner = new ArrayList<Place>();
      for (var place : places) {
        var around = new ArrayList<>(place.around);
        around.addFirst(place.record);
        at(place.record, step).forEach(child -> inner.add(new Place(child, around)));
      }
      places = inner;
    }
    return places;
  }

  /** The text of one of its records; null where there is none. */
  String text(JsonNode record) {
    if (record.path(path).isTextual()) {
      return record.path(path).textValue();
    }
    int end = path.lastIndexOf(EACH + ".");
    var field = end < 0 ? path : path.substring(end + EACH.length() + 1);
    if (!field.endsWith(EACH)) {
      return at(record, field).textValue();
    }
    var lines = new ArrayList<String>();
    for (var line : at(record, field.substring(0, field.length() - EACH.length()))) {
      if (line.isTextual()) {
        lines.add(line.textValue());
      }
    }
    return lines.isEmpty() ? null : String.join("\n", lines);
  }

  private static JsonNode at(JsonNode node, String path) {
    if (path.isEmpty() || node.has(path)) {
      return path.isEmpty() ? node : node.get(path);
    }
    var found = node;
    for (var step : path.split("\\.", -1)) {
      found = found.path(step);
    }
    return found;
  }

  @Override
  public String toString() {
    return path;
  }
}
