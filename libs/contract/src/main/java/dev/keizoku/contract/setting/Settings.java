package dev.keizoku.contract.setting;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fields that a record has in a file: those of an unwrapped record lie among its own. */
final class Settings {
  private Settings() {}

  /** Field of the file to field of the record that holds it. */
  static Map<String, Field> of(Class<?> record) {
    var fields = new LinkedHashMap<String, Field>();
    for (var component : record.getRecordComponents()) {
      var field = field(record, component.getName());
      if (field.isAnnotationPresent(JsonUnwrapped.class)) {
        fields.putAll(of(field.getType()));
      } else {
        fields.put(name(field), field);
      }
    }
    return fields;
  }

  /** The first field that the record does not have; null when it has all. */
  static UnknownField unknown(JsonNode node, Class<?> record, String path) {
    var fields = of(record);
    for (var entry : node.properties()) {
      var at = path + entry.getKey();
      var field = fields.get(entry.getKey());
      if (field == null) {
        return new UnknownField(at, entry.getKey(), fields.keySet());
      }
      for (var item : items(entry.getValue(), at)) {
        var type = itemType(field);
        var below =
            item.node.isObject() && type.isRecord()
                ? unknown(item.node, type, item.path + ".")
                : null;
        if (below != null) {
          return below;
        }
      }
    }
    return null;
  }

  /** Name in a file. */
  static String name(Field field) {
    var named = field.getAnnotation(JsonProperty.class);
    return named == null || named.value().isEmpty() ? field.getName() : named.value();
  }

  static Field field(Class<?> record, String component) {
    try {
      return record.getDeclaredField(component);
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("every component of a record has its field", e);
    }
  }

  private static Class<?> itemType(Field field) {
    return field.getGenericType() instanceof ParameterizedType list
            && List.class == field.getType()
            && list.getActualTypeArguments()[0] instanceof Class<?> item
        ? item
        : field.getType();
  }

  private record Item(JsonNode node, String path) {}

  private static List<Item> items(JsonNode value, String path) {
    if (!value.isArray()) {
      return List.of(new Item(value, path));
    }
    var items = new ArrayList<Item>();
    for (int i = 0; i < value.size(); i++) {
      items.add(new Item(value.get(i), path + "[" + i + "]"));
    }
    return items;
  }
}
