package dev.keizoku.contract.setting;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.generator.annotation.Default;

/** Fills what is left out with the value of its {@code @Default}, the only place that it stands. */
public final class Defaults {
  private static final JsonMapper MAPPER = new JsonMapper();

  private Defaults() {}

  /**
   * The value, or the component's default when it is null.
   *
   * @param record the record that is being made
   * @param component one of its components, which carries {@code @Default}
   */
  public static <T> T of(Class<? extends Record> record, String component, T value) {
    return value != null ? value : read(record, component);
  }

  private static <T> T read(Class<? extends Record> record, String component) {
    try {
      var field = record.getDeclaredField(component);
      var text = field.getAnnotation(Default.class).value();
      JavaType type = MAPPER.constructType(field.getGenericType());
      boolean word = type.isEnumType() || type.hasRawClass(String.class);
      return word ? MAPPER.convertValue(text, type) : MAPPER.readValue(text, type);
    } catch (NoSuchFieldException | JsonProcessingException e) {
      throw new IllegalStateException(record + " has no default for " + component, e);
    }
  }
}
