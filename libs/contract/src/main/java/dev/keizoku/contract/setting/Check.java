package dev.keizoku.contract.setting;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import io.fabric8.generator.annotation.Required;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Optional;

/**
 * Judges a run file by the annotations of its records, of which the resources' schema is made too:
 * what one of them refuses, the other refuses with the same field, value and limit.
 */
public final class Check {
  private Check() {}

  /**
   * Checks every setting of a record, then its rules.
   *
   * @throws RunFault user error {@code RUN_FILE_INVALID} with the first setting that is not
   *     possible
   */
  public static void require(Record record) {
    settings(record, "");
    rules(record);
  }

  /**
   * Checks what a file says in the words of another kind of file. Only a file is asked so: code may
   * make runs that nobody should write down, to see how they end.
   *
   * @throws RunFault user error {@code RUN_FILE_INVALID}
   */
  public static void requireTranslated(Record record) {
    translated(record, "");
  }

  private static void translated(Record record, String path) {
    for (var component : record.getClass().getRecordComponents()) {
      var field = Settings.field(record.getClass(), component.getName());
      if (value(record, field) instanceof Record inner) {
        translated(inner, path + Settings.name(field) + ".");
      }
    }
    if (record instanceof Translated foreign) {
      foreign
          .translated()
          .forEach(
              (name, meant) -> {
                settings(meant, path + name + ".");
                rules(meant);
              });
    }
  }

  /** The first field of a file that its record does not have; empty when it has all. */
  public static Optional<UnknownField> unknown(JsonNode file, Class<? extends Record> record) {
    return Optional.ofNullable(Settings.unknown(file, record, ""));
  }

  private static void settings(Record record, String path) {
    for (var component : record.getClass().getRecordComponents()) {
      var field = Settings.field(record.getClass(), component.getName());
      var value = value(record, field);
      if (field.isAnnotationPresent(JsonUnwrapped.class)) {
        settings((Record) value, path);
      } else {
        setting(field, value, path + Settings.name(field));
      }
    }
  }

  private static void setting(Field field, Object value, String path) {
    if (value == null) {
      if (field.isAnnotationPresent(Required.class)) {
        throw fault(path + ": Required value");
      }
      return;
    }
    limits(field.getAnnotatedType(), field, value, path);
  }

  private static void limits(
      AnnotatedType type, AnnotatedElement limits, Object value, String path) {
    Limits.broken(limits, value).ifPresent(problem -> raise(path, problem));
    if (value instanceof List<?> list && type instanceof AnnotatedParameterizedType items) {
      var item = items.getAnnotatedActualTypeArguments()[0];
      for (int i = 0; i < list.size(); i++) {
        var at = path + "[" + i + "]";
        if (list.get(i) == null) {
          throw fault(at + ": Required value");
        }
        limits(item, item, list.get(i), at);
      }
    }
    if (value instanceof Record inner) {
      settings(inner, path + ".");
    }
  }

  private static void rules(Record record) {
    for (var component : record.getClass().getRecordComponents()) {
      if (value(record, Settings.field(record.getClass(), component.getName()))
          instanceof Record inner) {
        rules(inner);
      }
    }
    if (record instanceof Ruled ruled) {
      ruled.rules().entrySet().stream()
          .filter(rule -> !rule.getValue())
          .findFirst()
          .ifPresent(
              rule -> {
                throw fault(rule.getKey());
              });
    }
  }

  private static void raise(String path, String problem) {
    throw fault(path + ": " + problem);
  }

  private static RunFault fault(String problem) {
    return RunFault.userError(
        Reason.RUN_FILE_INVALID, "The run file cannot be used: " + problem + ".");
  }

  private static Object value(Record record, Field field) {
    try {
      var accessor = record.getClass().getDeclaredMethod(field.getName());
      accessor.setAccessible(true);
      return accessor.invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("every record can be read", e);
    }
  }
}
