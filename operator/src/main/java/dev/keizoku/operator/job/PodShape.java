package dev.keizoku.operator.job;

import dev.keizoku.crd.v1alpha1.spec.PodTemplate;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The pod of a run: PodSecurity {@code restricted}, no token for the Kubernetes API, a read-only
 * root with emptyDirs at {@code /tmp} and {@code /scratch}, unless the pod template has a volume
 * {@code scratch} of its own, the run file at {@code /etc/keizoku/run.yaml}.
 */
public final class PodShape {
  /** The unprivileged user of the images. */
  private static final long USER = 65532;

  /** A node's own disk, of which a pod gets a share. */
  public static final String DISK = "ephemeral-storage";

  static final String SCRATCH = "/scratch";

  private static final String SCRATCH_VOLUME = "scratch";

  static final String RUN_FILES = "/etc/keizoku";

  /** Name of the container that the program runs in. */
  static final String PROGRAM = "program";

  private PodShape() {}

  static PodTemplateSpec of(
      Map<String, String> ownLabels, PodTemplate template, JobTemplate.Program program) {
    var labels = new HashMap<>(template.labels());
    labels.putAll(ownLabels);
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .withLabels(labels)
        .withAnnotations(template.annotations())
        .endMetadata()
        .withNewSpec()
        .withRestartPolicy("Never")
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withServiceAccountName(template.serviceAccountName())
        .withTerminationGracePeriodSeconds(template.terminationGracePeriodSeconds())
        .withPriorityClassName(program.priorityClassName())
        .withNodeSelector(template.nodeSelector())
        .withTolerations(template.tolerations())
        .withAffinity(template.affinity())
        .withSchedulerName(template.schedulerName())
        .withRuntimeClassName(template.runtimeClassName())
        .withTopologySpreadConstraints(template.topologySpreadConstraints())
        .withResourceClaims(template.resourceClaims())
        .withImagePullSecrets(
            Stream.concat(
                    template.imagePullSecrets().stream(),
                    program.installation().imagePullSecrets().stream())
                .distinct()
                .toList())
        .withNewSecurityContext()
        .withRunAsNonRoot(true)
        .withRunAsUser(user(program))
        .withRunAsGroup(user(program))
        .withFsGroup(user(program))
        // Not each file of a large volume at every attempt.
        .withFsGroupChangePolicy("OnRootMismatch")
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .endSecurityContext()
        .withContainers(container(template, program))
        .withVolumes(volumes(template, program))
        .endSpec()
        .build();
  }

  /** Null where the platform gives each namespace its own. */
  private static Long user(JobTemplate.Program program) {
    return program.installation().fixedUser() ? USER : null;
  }

  private static Container container(PodTemplate template, JobTemplate.Program program) {
    return new ContainerBuilder()
        .withName(PROGRAM)
        .withImage(program.image())
        .withImagePullPolicy(program.pullPolicy())
        .withArgs(program.arguments())
        .addNewPort()
        .withName("http")
        .withContainerPort(program.port())
        .endPort()
        .withEnv(environment(template, program))
        .withResources(resources(template.resources(), program.devices()))
        .withVolumeMounts(mounts(template, program))
        // A program that crashed leaves no report; then the log's last lines say most.
        .withTerminationMessagePolicy("FallbackToLogsOnError")
        .withNewSecurityContext()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .endSecurityContext()
        .build();
  }

  private static List<EnvVar> environment(PodTemplate template, JobTemplate.Program program) {
    var environment = new ArrayList<EnvVar>(StoreAccess.environment(program.store()));
    program.environment().forEach((name, value) -> environment.add(new EnvVar(name, value, null)));
    var own = template.env().stream().map(EnvVar::getName).collect(Collectors.toSet());
    environment.removeIf(variable -> own.contains(variable.getName()));
    environment.addAll(template.env());
    return environment;
  }

  /** The memory that the program's container may use; empty for no limit. */
  public static Optional<Quantity> memoryLimit(PodTemplate template) {
    return Optional.ofNullable(resources(template.resources(), Map.of()).getLimits())
        .map(limits -> limits.get("memory"));
  }

  /**
   * What the program's container gets; what the pod template asks for goes before what the kind
   * needs. Devices are a limit too, as Kubernetes wants it; disk is only asked for: a limit would
   * end a run that needs a little more than was planned.
   */
  public static ResourceRequirements resources(
      ResourceRequirements asked, Map<String, Quantity> needed) {
    var made =
        asked == null
            ? new ResourceRequirementsBuilder()
                .addToRequests("cpu", new Quantity("1"))
                .addToRequests("memory", new Quantity("2Gi"))
                .addToLimits("memory", new Quantity("8Gi"))
            : new ResourceRequirementsBuilder(asked);
    needed.forEach(
        (name, count) -> {
          boolean disk = DISK.equals(name);
          if (has(made.getLimits(), name) || (disk && has(made.getRequests(), name))) {
            return;
          }
          made.addToRequests(name, count);
          if (!disk) {
            made.addToLimits(name, count);
          }
        });
    return made.build();
  }

  private static boolean has(Map<String, Quantity> quantities, String name) {
    return quantities != null && quantities.containsKey(name);
  }

  /** Whether what is written to {@code /scratch} is on the node's own disk. */
  public static boolean scratchIsTheNodes(PodTemplate template) {
    return template.volumes().stream().noneMatch(volume -> SCRATCH_VOLUME.equals(volume.getName()));
  }

  private static List<Volume> volumes(PodTemplate template, JobTemplate.Program program) {
    var run = Stream.ofNullable(program.configMap()).map(name -> configMap("run", name));
    var empty =
        Stream.of("tmp", SCRATCH_VOLUME)
            .filter(name -> template.volumes().stream().noneMatch(v -> name.equals(v.getName())))
            .map(
                name -> new VolumeBuilder().withName(name).withNewEmptyDir().endEmptyDir().build());
    var access =
        Stream.concat(StoreAccess.volumes(program.store()), ApiKeys.volumes(program.apiKeys()));
    return Stream.of(run, access, empty, template.volumes().stream()).flatMap(s -> s).toList();
  }

  private static List<VolumeMount> mounts(PodTemplate template, JobTemplate.Program program) {
    var run = Stream.ofNullable(program.configMap()).map(name -> mount("run", RUN_FILES, true));
    var empty = Stream.of(mount("tmp", "/tmp", false), mount(SCRATCH_VOLUME, SCRATCH, false));
    var access =
        Stream.concat(StoreAccess.mounts(program.store()), ApiKeys.mounts(program.apiKeys()));
    return Stream.of(run, access, empty, template.volumeMounts().stream()).flatMap(s -> s).toList();
  }

  static Volume configMap(String volume, String name) {
    return new VolumeBuilder()
        .withName(volume)
        .withNewConfigMap()
        .withName(name)
        .endConfigMap()
        .build();
  }

  static VolumeMount mount(String name, String path, boolean readOnly) {
    return new VolumeMountBuilder()
        .withName(name)
        .withMountPath(path)
        .withReadOnly(readOnly ? true : null)
        .build();
  }
}
