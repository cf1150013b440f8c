package dev.keizoku.llm.config;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import java.util.List;
import java.util.Map;

/** Typed access to {@code config.json}, with the field's name in every complaint. */
final class ConfigFields {
  private final Map<String, Object> json;

  ConfigFields(Map<String, Object> json) {
    this.json = json;
  }

  boolean has(String name) {
    return json.get(name) != null;
  }

  /** Written as null, which is not the same as left out. */
  boolean isNull(String name) {
    return json.containsKey(name) && json.get(name) == null;
  }

  /** The texts of a list; none where it is left out. */
  List<String> texts(String name) {
    return json.get(name) instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }

  String text(String name, String fallback) {
    return has(name) ? json.get(name).toString() : fallback;
  }

  boolean flag(String name, boolean fallback) {
    return has(name) ? Boolean.parseBoolean(text(name, null)) : fallback;
  }

  double number(String name, double fallback) {
    if (!has(name)) {
      return fallback;
    }
    if (json.get(name) instanceof Number number) {
      return number.doubleValue();
    }
    throw fault(name + " is no number");
  }

  /** A number above 0. */
  double aboveZero(String name, double fallback) {
    var value = number(name, fallback);
    if (!(value > 0) || Double.isInfinite(value)) {
      throw fault(name + " is " + text(name, "") + "; it must be above 0");
    }
    return value;
  }

  /** A whole number above 0; {@code fallback} null means that it must be there. */
  int positive(String name, Integer fallback) {
    if (!has(name)) {
      if (fallback == null) {
        throw fault(name + " is missing");
      }
      return fallback;
    }
    var value = number(name, 0);
    if (value < 1 || value > Integer.MAX_VALUE || value != Math.rint(value)) {
      throw fault(name + " is " + text(name, "") + "; it must be a whole number of 1 or more");
    }
    return (int) value;
  }

  @SuppressWarnings("unchecked")
  ConfigFields nested(String name) {
    return json.get(name) instanceof Map<?, ?> map
        ? new ConfigFields((Map<String, Object>) map)
        : null;
  }

  RunFault fault(String problem) {
    return RunFault.userError(
        Reason.MODEL_NOT_SUPPORTED, "The model's config.json: " + problem + ".");
  }
}
