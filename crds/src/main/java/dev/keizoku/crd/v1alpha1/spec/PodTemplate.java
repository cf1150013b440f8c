package dev.keizoku.crd.v1alpha1.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodResourceClaim;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;
import java.util.Map;

/** The part of a pod that users may set; security settings, ports and commands are not in it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PodTemplate(
    @JsonPropertyDescription("Labels added to the pod.") Map<String, String> labels,
    @JsonPropertyDescription("Annotations added to the pod.") Map<String, String> annotations,
    @JsonPropertyDescription("Node labels that the pod needs.") Map<String, String> nodeSelector,
    @JsonPropertyDescription("Taints that the pod tolerates.") @Size(max = 32)
        List<Toleration> tolerations,
    @JsonPropertyDescription("Scheduling constraints, as in a Pod.") Affinity affinity,
    @JsonPropertyDescription("How pods are spread over nodes and zones, as in a Pod.")
        @Size(max = 8)
        List<TopologySpreadConstraint> topologySpreadConstraints,
    @JsonPropertyDescription("Scheduler of the pod. Default: the cluster's.") @Size(max = 253)
        String schedulerName,
    @JsonPropertyDescription(
            "RuntimeClass of the pod, for instance nvidia where the node's default runtime gives "
                + "no GPU. Default: the node's.")
        @Size(max = 253)
        String runtimeClassName,
    @JsonPropertyDescription(
            "Devices by dynamic resource allocation, as in a Pod; resources.claims names those of "
                + "the program. Where it names any, nothing else is asked for as GPU.")
        @Size(max = 8)
        List<PodResourceClaim> resourceClaims,
    @JsonPropertyDescription(
            "Requests and limits of the program's container. Default: 1 CPU and 2Gi requested, 8Gi "
                + "limit; a ContinualPretrain on GPUs adds nvidia.com/gpu for its devices, "
                + "unless limits or claims name GPUs of any kind (amd.com/gpu, "
                + "nvidia.com/mig-1g.10gb, gpu.intel.com/xe).")
        ResourceRequirements resources,
    @JsonPropertyDescription("Environment variables added to the program's container.")
        @Size(max = 64)
        List<EnvVar> env,
    @JsonPropertyDescription(
            "Volumes added to the pod, as in a Pod; a volume named scratch or tmp replaces the "
                + "emptyDir of that name.")
        @Size(max = 16)
        List<Volume> volumes,
    @JsonPropertyDescription("Where the added volumes are mounted.") @Size(max = 16)
        List<VolumeMount> volumeMounts,
    @JsonPropertyDescription("Secrets for pulling the image.") @Size(max = 8)
        List<LocalObjectReference> imagePullSecrets,
    @JsonPropertyDescription(
            "ServiceAccount of the pod, for cloud identities; its token is not mounted, unless one of "
                + "volumes asks for it. Default: default.")
        @Size(max = 253)
        String serviceAccountName,
    @JsonPropertyDescription(
            "Seconds that the program has to save its work when it is stopped. Default: 120.")
        @Default("120")
        @Min(1)
        @Max(86400)
        Long terminationGracePeriodSeconds) {

  /** Nothing set. */
  public static final PodTemplate EMPTY =
      new PodTemplate(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
          null);

  /** Turns what is not set into empty maps and lists. */
  public PodTemplate {
    labels = labels == null ? Map.of() : labels;
    annotations = annotations == null ? Map.of() : annotations;
    nodeSelector = nodeSelector == null ? Map.of() : nodeSelector;
    tolerations = tolerations == null ? List.of() : tolerations;
    topologySpreadConstraints =
        topologySpreadConstraints == null ? List.of() : topologySpreadConstraints;
    resourceClaims = resourceClaims == null ? List.of() : resourceClaims;
    env = env == null ? List.of() : env;
    volumes = volumes == null ? List.of() : volumes;
    volumeMounts = volumeMounts == null ? List.of() : volumeMounts;
    imagePullSecrets = imagePullSecrets == null ? List.of() : imagePullSecrets;
    terminationGracePeriodSeconds =
        terminationGracePeriodSeconds == null ? 120 : terminationGracePeriodSeconds;
  }
}
