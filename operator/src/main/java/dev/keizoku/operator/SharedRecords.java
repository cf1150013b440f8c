package dev.keizoku.operator;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.lang.reflect.InvocationTargetException;

/**
 * How resources are read, written and copied. A copy of one of our own has metadata of its own,
 * which the SDK changes, and the spec and status of the original, which are records and changed by
 * nobody. The SDK makes a copy for each look; by JSON and back it was a fifth of the look.
 */
public final class SharedRecords extends KubernetesSerialization {

  /**
   * @param searches whether kinds that are not registered are looked for among all classes
   */
  public SharedRecords(ObjectMapper mapper, boolean searches) {
    super(mapper, searches);
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> T clone(T resource) {
    return resource instanceof CustomResource<?, ?> custom
        ? (T) copy(custom)
        : super.clone(resource);
  }

  private static <S, T> CustomResource<S, T> copy(CustomResource<S, T> original) {
    try {
      @SuppressWarnings("unchecked")
      var copy = (CustomResource<S, T>) original.getClass().getConstructor().newInstance();
      copy.setMetadata(new ObjectMetaBuilder(original.getMetadata()).build());
      copy.setSpec(original.getSpec());
      copy.setStatus(original.getStatus());
      return copy;
    } catch (NoSuchMethodException
        | InstantiationException
        | IllegalAccessException
        | InvocationTargetException e) {
      throw new IllegalStateException(
          "each kind has a public constructor without parameters: " + original.getKind(), e);
    }
  }
}
