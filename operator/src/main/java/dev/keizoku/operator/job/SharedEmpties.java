package dev.keizoku.operator.job;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Puts one empty list and one empty map into an object of Kubernetes' in place of the many that its
 * classes make of their own: a hundred for a Job and its pod, a quarter of all that is kept of
 * them. Whoever changed such an object would hear of it; what informers keep is read alone.
 */
final class SharedEmpties {
  private static final String MODELS = "io.fabric8.kubernetes.api.model.";

  private static final ClassValue<List<Field>> HOLDERS =
      new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> model) {
          return Stream.<Class<?>>iterate(model, c -> c != Object.class, Class::getSuperclass)
              .flatMap(c -> Arrays.stream(c.getDeclaredFields()))
              .filter(field -> !Modifier.isStatic(field.getModifiers()))
              .filter(field -> holds(field.getType()))
              .peek(field -> field.setAccessible(true))
              .toList();
        }
      };

  private SharedEmpties() {}

  private static boolean holds(Class<?> type) {
    return type == List.class || type == Map.class || isModel(type);
  }

  private static boolean isModel(Class<?> type) {
    return type.getName().startsWith(MODELS) && !type.isEnum();
  }

  /** Does so in the object and all that it holds. */
  static void in(Object model) {
    try {
      for (var field : HOLDERS.get(model.getClass())) {
        switch (field.get(model)) {
          case null -> {}
          case List<?> list when list.isEmpty() -> field.set(model, List.of());
          case Map<?, ?> map when map.isEmpty() -> field.set(model, Map.of());
          case List<?> list -> inEach(list);
          case Map<?, ?> map -> inEach(map.values());
          case Object part -> in(part);
        }
      }
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("the fields were made accessible", e);
    }
  }

  private static void inEach(Collection<?> parts) {
    parts.stream()
        .filter(part -> part != null && isModel(part.getClass()))
        .forEach(SharedEmpties::in);
  }
}
