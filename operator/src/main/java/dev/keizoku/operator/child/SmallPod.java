package dev.keizoku.operator.child;

import dev.keizoku.crd.v1alpha1.spec.PodTemplate;
import dev.keizoku.operator.settings.PodSettings;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The pod of a program that serves a run beside its attempts, without a device: small and anywhere,
 * or like the run's own.
 */
final class SmallPod {
  private static final long GRACE_SECONDS = 30;

  /** Volumes by these names replace the emptyDirs that every pod has. */
  private static final Set<String> SCRATCH = Set.of("scratch", "tmp");

  private static final Set<String> MACHINE = Set.of("kubernetes.io/arch", "kubernetes.io/os");

  private SmallPod() {}

  /**
   * What such a program keeps of the run's pod: what policies ask for, and the kind of machine that
   * the image is for. Not the rest of the node selector: it may lead to nodes that are started, and
   * paid for, only when somebody asks for them.
   *
   * @param helpers what the installation gives such pods
   * @param volumes whether it reads what is mounted; scratch volumes may be large and are left out
   */
  static PodTemplate of(
      PodTemplate template, PodSettings.Helpers helpers, String memoryLimit, boolean volumes) {
    var small =
        new ResourceRequirementsBuilder()
            .addToRequests("cpu", new Quantity("200m"))
            .addToRequests("memory", new Quantity("128Mi"))
            // A namespace's quota may ask for both.
            .addToLimits("cpu", new Quantity("1"))
            .addToLimits("memory", new Quantity(memoryLimit))
            .build();
    return new PodTemplate(
        both(helpers.labels(), template.labels()),
        both(helpers.annotations(), template.annotations()),
        both(kindOfMachine(template.nodeSelector()), helpers.nodeSelector()),
        Stream.concat(template.tolerations().stream(), helpers.tolerations().stream()).toList(),
        null,
        null,
        null,
        null,
        null,
        Objects.requireNonNullElse(helpers.resources(), small),
        template.env(),
        volumes ? template.volumes().stream().filter(v -> !isScratch(v)).toList() : null,
        volumes ? template.volumeMounts() : null,
        template.imagePullSecrets(),
        template.serviceAccountName(),
        GRACE_SECONDS);
  }

  /** One without a name is left to the API server to refuse. */
  private static boolean isScratch(Volume volume) {
    return volume.getName() != null && SCRATCH.contains(volume.getName());
  }

  private static Map<String, String> both(Map<String, String> some, Map<String, String> first) {
    var all = new TreeMap<>(some);
    all.putAll(first);
    return all;
  }

  private static Map<String, String> kindOfMachine(Map<String, String> nodeSelector) {
    var kept = new TreeMap<>(nodeSelector);
    kept.keySet().retainAll(MACHINE);
    return kept;
  }

  /** The run's pod, but for the devices. */
  static PodTemplate withoutDevices(PodTemplate template) {
    var asked = template.resources();
    var resources =
        asked == null
            ? null
            : new ResourceRequirementsBuilder()
                .withRequests(plain(asked.getRequests()))
                .withLimits(plain(asked.getLimits()))
                .build();
    return new PodTemplate(
        template.labels(),
        template.annotations(),
        template.nodeSelector(),
        template.tolerations(),
        template.affinity(),
        template.topologySpreadConstraints(),
        template.schedulerName(),
        template.runtimeClassName(),
        null,
        resources,
        template.env(),
        template.volumes(),
        template.volumeMounts(),
        template.imagePullSecrets(),
        template.serviceAccountName(),
        GRACE_SECONDS);
  }

  /** Names of devices begin with a domain. */
  private static Map<String, Quantity> plain(Map<String, Quantity> resources) {
    Map<String, Quantity> kept = new TreeMap<>();
    if (resources != null) {
      kept.putAll(resources);
    }
    kept.keySet().removeIf(name -> name.contains("/"));
    return kept;
  }
}
