package dev.keizoku.operator.job;

import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.fabric8.kubernetes.api.model.VolumeProjectionBuilder;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Keys of endpoints that a run's program asks: a file each, by a name that the kind gives, so that
 * none is in an environment, a run file or an argument.
 */
public final class ApiKeys {
  private static final String VOLUME = "api-keys";
  private static final String FOLDER = "/etc/keizoku-api-keys";

  private ApiKeys() {}

  /**
   * Where a key lies.
   *
   * @param secret name of the Secret, in the run's namespace
   * @param key which of its entries
   */
  public record Entry(String secret, String key) {}

  /** The file that a pod has a key in. */
  public static String path(String name) {
    return FOLDER + "/" + name;
  }

  static Stream<Volume> volumes(Map<String, Entry> keys) {
    if (keys.isEmpty()) {
      return Stream.empty();
    }
    var sources =
        new TreeMap<>(keys)
            .entrySet().stream().map(key -> source(key.getKey(), key.getValue())).toList();
    return Stream.of(
        new VolumeBuilder()
            .withName(VOLUME)
            .withNewProjected()
            .withSources(sources)
            .endProjected()
            .build());
  }

  /** Of the Secret only the one entry. */
  private static VolumeProjection source(String name, Entry entry) {
    return new VolumeProjectionBuilder()
        .withNewSecret()
        .withName(entry.secret)
        .withItems(new KeyToPath(entry.key, null, name))
        .endSecret()
        .build();
  }

  static Stream<VolumeMount> mounts(Map<String, Entry> keys) {
    return keys.isEmpty() ? Stream.empty() : Stream.of(PodShape.mount(VOLUME, FOLDER, true));
  }
}
