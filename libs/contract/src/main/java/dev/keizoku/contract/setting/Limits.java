package dev.keizoku.contract.setting;

import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.lang.reflect.AnnotatedElement;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** One setting's limits, in the API server's words. */
final class Limits {
  private Limits() {}

  /** What is wrong with the value; empty when it is within its limits. */
  static Optional<String> broken(AnnotatedElement limits, Object value) {
    var problem =
        switch (value) {
          case Double d when !Double.isFinite(d) ->
              "Invalid value: %s: must be finite".formatted(d);
          case Number number -> number(limits, new BigDecimal(number.toString()));
          case String text -> text(limits, text);
          case List<?> list -> list(limits.getAnnotation(Size.class), list.size());
          default -> null;
        };
    return Optional.ofNullable(problem);
  }

  private static String number(AnnotatedElement limits, BigDecimal value) {
    var min = limits.getAnnotation(Min.class);
    if (min != null) {
      int sign = value.compareTo(BigDecimal.valueOf(min.value()));
      if (sign < 0 || sign == 0 && !min.inclusive()) {
        return outside(
            value, min.inclusive() ? "greater than or equal to" : "greater than", min.value());
      }
    }
    var max = limits.getAnnotation(Max.class);
    if (max != null) {
      int sign = value.compareTo(BigDecimal.valueOf(max.value()));
      if (sign > 0 || sign == 0 && !max.inclusive()) {
        return outside(value, max.inclusive() ? "less than or equal to" : "less than", max.value());
      }
    }
    return null;
  }

  private static String outside(BigDecimal value, String relation, double limit) {
    return "Invalid value: %s: should be %s %s"
        .formatted(plain(value), relation, plain(BigDecimal.valueOf(limit)));
  }

  private static String text(AnnotatedElement limits, String text) {
    var size = limits.getAnnotation(Size.class);
    int length = text.codePointCount(0, text.length());
    if (size != null && length < size.min()) {
      return "Invalid value: \"%s\": should be at least %d chars long".formatted(text, size.min());
    }
    if (size != null && length > size.max()) {
      return "Too long: may not be more than %d characters".formatted(size.max());
    }
    var pattern = limits.getAnnotation(Pattern.class);
    return pattern == null || text.matches(pattern.value())
        ? null
        : "Invalid value: \"%s\": should match '%s'".formatted(text, pattern.value());
  }

  private static String list(Size size, int items) {
    if (size != null && items < size.min()) {
      return "Invalid value: %d: should have at least %d items".formatted(items, size.min());
    }
    return size == null || items <= size.max()
        ? null
        : "Too many: %d: must have at most %d items".formatted(items, size.max());
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }
}
