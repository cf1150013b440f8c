package dev.keizoku.operator.job;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a pod gets for the object store: keys or an identity, and authorities to believe. Keys are
 * files: they change with their Secret under a running program, and are in nobody's environment.
 */
final class StoreAccess {
  private static final String AUTHORITIES = "authorities";
  private static final String AUTHORITIES_FOLDER = "/etc/keizoku-ca";
  private static final String KEYS = "storage-keys";
  private static final String KEYS_FOLDER = "/etc/keizoku-keys";
  private static final String ACCESS_KEY = "AWS_ACCESS_KEY_ID";
  private static final String SECRET_KEY = "AWS_SECRET_ACCESS_KEY";
  private static final String SESSION_TOKEN = "AWS_SESSION_TOKEN";

  private StoreAccess() {}

  static List<EnvVar> environment(JobTemplate.Store store) {
    var environment = new ArrayList<EnvVar>();
    if (store.secretName() == null) {
      environment.add(new EnvVar("KEIZOKU_STORAGE_IDENTITY", "pod", null));
    } else if (store.keysAsFiles()) {
      environment.add(new EnvVar("KEIZOKU_STORAGE_KEYS", KEYS_FOLDER, null));
    } else {
      environment.add(key(store.secretName(), ACCESS_KEY, false));
      environment.add(key(store.secretName(), SECRET_KEY, false));
      environment.add(key(store.secretName(), SESSION_TOKEN, true));
    }
    if (store.caBundle() != null) {
      environment.add(new EnvVar("AWS_CA_BUNDLE", AUTHORITIES_FOLDER + "/ca.crt", null));
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

  private static boolean mountsKeys(JobTemplate.Store store) {
    return store.secretName() != null && store.keysAsFiles();
  }

  static Stream<Volume> volumes(JobTemplate.Store store) {
    return Stream.concat(
        mountsKeys(store) ? Stream.of(keys(store.secretName())) : Stream.empty(),
        Stream.ofNullable(store.caBundle()).map(name -> PodShape.configMap(AUTHORITIES, name)));
  }

  /** Of the Secret only what is needed; the pair has to be there, the token need not. */
  private static Volume keys(String secret) {
    return new VolumeBuilder()
        .withName(KEYS)
        .withNewProjected()
        .addNewSource()
        .withNewSecret()
        .withName(secret)
        .withItems(file(ACCESS_KEY), file(SECRET_KEY))
        .endSecret()
        .endSource()
        .addNewSource()
        .withNewSecret()
        .withName(secret)
        .withItems(file(SESSION_TOKEN))
        .withOptional(true)
        .endSecret()
        .endSource()
        .endProjected()
        .build();
  }

  private static KeyToPath file(String key) {
    return new KeyToPath(key, null, key);
  }

  static Stream<VolumeMount> mounts(JobTemplate.Store store) {
    return Stream.concat(
        mountsKeys(store) ? Stream.of(PodShape.mount(KEYS, KEYS_FOLDER, true)) : Stream.empty(),
        Stream.ofNullable(store.caBundle())
            .map(name -> PodShape.mount(AUTHORITIES, AUTHORITIES_FOLDER, true)));
  }
}
