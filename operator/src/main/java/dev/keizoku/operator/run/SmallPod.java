package dev.keizoku.operator.run;

import dev.keizoku.crd.v1alpha1.spec.PodTemplate;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.util.Set;

/**
 * The pod of a program that serves a run beside its attempts: small, anywhere, without a device.
 */
final class SmallPod {
  private static final long GRACE_SECONDS = 30;

  /** Volumes by these names replace the emptyDirs that every pod has. */
  private static final Set<String> SCRATCH = Set.of("scratch", "tmp");

  private SmallPod() {}

  /**
   * What such a program keeps of the run's pod. Not the node selector: it may lead to nodes that
   * are started, and paid for, only when somebody asks for them.
   *
   * @param volumes whether it reads what is mounted; scratch volumes may be large and are left out
   */
  static PodTemplate of(PodTemplate template, String memoryLimit, boolean volumes) {
    var resources =
        new ResourceRequirementsBuilder()
            .addToRequests("cpu", new Quantity("200m"))
            .addToRequests("memory", new Quantity("128Mi"))
            .addToLimits("memory", new Quantity(memoryLimit))
            .build();
    return new PodTemplate(
        null,
        null,
        null,
        template.tolerations(),
        null,
        resources,
        template.env(),
        volumes
            ? template.volumes().stream().filter(v -> !SCRATCH.contains(v.getName())).toList()
            : null,
        volumes ? template.volumeMounts() : null,
        template.imagePullSecrets(),
        template.serviceAccountName(),
        GRACE_SECONDS);
  }
}
