package dev.keizoku.operator.job;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a pod gets for the object store: keys or an identity, and authorities to believe. */
final class StoreAccess {
  private static final String AUTHORITIES = "authorities";
  private static final String FOLDER = "/etc/keizoku-ca";

  private StoreAccess() {}

  static List<EnvVar> environment(JobTemplate.Store store) {
    var environment = new ArrayList<EnvVar>();
    if (store.secretName() == null) {
      environment.add(new EnvVar("KEIZOKU_STORAGE_IDENTITY", "pod", null));
    } else {
      environment.add(key(store.secretName(), "AWS_ACCESS_KEY_ID", false));
      environment.add(key(store.secretName(), "AWS_SECRET_ACCESS_KEY", false));
      environment.add(key(store.secretName(), "AWS_SESSION_TOKEN", true));
    }
    if (store.caBundle() != null) {
      environment.add(new EnvVar("AWS_CA_BUNDLE", FOLDER + "/ca.crt", null));
    }
    return environment;
  }

  private static EnvVar key(String secret, String key, boolean optional) {
    return new EnvVarBuilder()
        .withName(key)
        .withNewValueFrom()
        .withNewSecretKeyRef(key, secret, optional)
        .endValueFrom()
        .build();
  }

  static Stream<Volume> volumes(JobTemplate.Store store) {
    return Stream.ofNullable(store.caBundle())
        .map(
            name ->
                new VolumeBuilder()
                    .withName(AUTHORITIES)
                    .withNewConfigMap()
                    .withName(name)
                    .endConfigMap()
                    .build());
  }

  static Stream<VolumeMount> mounts(JobTemplate.Store store) {
    return Stream.ofNullable(store.caBundle())
        .map(
            name ->
                new VolumeMountBuilder()
                    .withName(AUTHORITIES)
                    .withMountPath(FOLDER)
                    .withReadOnly(true)
                    .build());
  }
}
