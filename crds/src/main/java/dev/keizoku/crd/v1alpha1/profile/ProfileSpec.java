package dev.keizoku.crd.v1alpha1.profile;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.keizoku.crd.v1alpha1.spec.PodTemplate;
import dev.keizoku.crd.v1alpha1.spec.Storage;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;

/**
 * What a platform team gives runs, and what it lets them have. A run takes from it what its own
 * spec does not say.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProfileSpec(
    @JsonPropertyDescription("Images of the programs. Default: the operator's own.") Images images,
    @JsonPropertyDescription(
            "Where artifacts are written; what is not set comes from the operator's installation.")
        Storage storage,
    @JsonPropertyDescription(
            "What pods get. Labels, variables, volumes and the like are merged with the run's by name, "
                + "resources by resource; the run's go first, and the longer grace period.")
        PodTemplate podTemplate,
    @JsonPropertyDescription("Kueue's LocalQueue of runs that name none.")
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @Size(max = 63)
        String queueName,
    @JsonPropertyDescription("Kueue's WorkloadPriorityClass of runs that name none.")
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @Size(max = 63)
        String workloadPriorityClassName,
    @JsonPropertyDescription("PriorityClass of pods of runs that name none.")
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @Size(max = 253)
        String priorityClassName,
    @JsonPropertyDescription(
            "The small pods that plan and delete, in place of what the installation gives them.")
        Helpers helpers,
    @JsonPropertyDescription(
            "What a run may have; one that asks for more does not begin, and says so. Default: anything.")
        Limits limits) {

  /** An image a program. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Images(
      @JsonPropertyDescription("Of a FinCorpus.") @Size(max = 512) String corpus,
      @JsonPropertyDescription("Of a ContinualPretrain.") @Size(max = 512) String trainer,
      @JsonPropertyDescription("Of a BenchmarkEval.") @Size(max = 512) String eval) {}

  /** What the small pods get. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Helpers(
      @JsonPropertyDescription("Labels, for instance those that a policy asks for.")
          Map<String, String> labels,
      @JsonPropertyDescription("Annotations likewise.") Map<String, String> annotations,
      @JsonPropertyDescription("Node labels that they need.") Map<String, String> nodeSelector,
      @JsonPropertyDescription("Taints that they tolerate.") @Size(max = 32)
          List<Toleration> tolerations,
      @JsonPropertyDescription(
              "Requests and limits. Default: 200m and 128Mi requested, 1 CPU and 1Gi limit.")
          ResourceRequirements resources,
      @JsonPropertyDescription("LocalQueue of their Jobs. Default: none.") @Size(max = 63)
          String queueName) {}

  /** What a run under the profile may have. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Limits(
      @JsonPropertyDescription(
              "Images that spec.image may name: each of these, and what follows one of them after a "
                  + "slash, colon or at sign.")
          @Size(max = 64)
          List<String> images,
      @JsonPropertyDescription(
              "Models that a training may begin from and an evaluation may score by address, likewise: "
                  + "s3://models, hf://Qwen.")
          @Size(max = 64)
          List<String> baseModels,
      @JsonPropertyDescription(
              "Addresses of all that a run may read: sources, tokenizers, models, benchmarks, lists, "
                  + "likewise, and of the web what follows after a slash alone: s3://research, hf://, "
                  + "https://www.fsa.go.jp. What a list of URLs names, and where a server sends on, "
                  + "is not looked at.")
          @Size(max = 64)
          List<String> addresses,
      @JsonPropertyDescription("Buckets that a run may read from and be told to write to.")
          @Size(max = 64)
          List<String> buckets,
      @JsonPropertyDescription("GPUs that a run may hold at a time.") @Min(0) Integer gpus,
      @JsonPropertyDescription(
              "The most that budget.gpuHours may be, and the budget of a run that names none.")
          @Min(0.01)
          Double gpuHours,
      @JsonPropertyDescription(
              "The most that activeDeadlineSeconds may be, and the deadline of a run that names none.")
          @Min(1)
          Long activeDeadlineSeconds) {}
}
