package dev.keizoku.crd.v1alpha1.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.keizoku.contract.setting.Defaults;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** How a run is run: the fields that all three kinds have, in the words of batch/v1 and Kueue. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunPolicy(
    @JsonPropertyDescription(
            "Any word; another one than before begins a new run under the same name, also after a "
                + "finished one and in place of one at work, for instance because the data changed. "
                + "With it everything but storage may change. Default: none.")
        @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")
        @Size(max = 32)
        String runId,
    @JsonPropertyDescription(
            "Stop the run and free its pod; what was done is saved and false goes on from there. "
                + "Setting true and then false also tries a failed run again. The annotation "
                + "keizoku.dev/suspend: \"true\" does the same beside a manifest that is synced.")
        @Default("false")
        Boolean suspend,
    @JsonPropertyDescription(
            "Name of a Kueue LocalQueue; the Job waits there for quota. Default: no queue.")
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @Size(max = 63)
        String queueName,
    @JsonPropertyDescription(
            "Kueue's WorkloadPriorityClass: who is admitted first and who is preempted; the pod's "
                + "priority stays that of priorityClassName. Default: that of priorityClassName.")
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @Size(max = 63)
        String workloadPriorityClassName,
    @JsonPropertyDescription("PriorityClass of the pod. Default: the cluster's.")
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @Size(max = 253)
        String priorityClassName,
    @JsonPropertyDescription(
            "Seconds of running time, summed over all attempts, after which the run is stopped and "
                + "fails; waiting and suspension do not count. Default: no limit.")
        @Min(1)
        Long activeDeadlineSeconds,
    @JsonPropertyDescription("What the run may cost. Default: no limit.") Budget budget,
    @JsonPropertyDescription(
            "Seconds without any progress after which an attempt is stopped and counted as failed. "
                + "Bytes that are read or written are progress, whatever the stage.")
        @Default("1800")
        @Min(10)
        Long stallTimeoutSeconds,
    @JsonPropertyDescription(
            "How many failed attempts are repeated, with growing pauses. Lost nodes, evictions for "
                + "what others use and faults that only you can mend do not count; counting begins "
                + "anew after an attempt that saved a checkpoint.")
        @Default("3")
        @Min(0)
        @Max(100)
        Integer backoffLimit,
    @JsonPropertyDescription(
            "Seconds after the end when the Job, its pod and the run file are removed; the resource "
                + "and its artifacts stay, and nothing runs again. Default: they stay too.")
        @Min(0)
        Long ttlSecondsAfterFinished,
    @JsonPropertyDescription(
            "Where artifacts are written. Default: the storage that the operator was installed "
                + "with.")
        @Default("{}")
        Storage storage,
    @JsonPropertyDescription("What the pod gets beside the program.") @Default("{}")
        PodTemplate podTemplate,
    @JsonPropertyDescription("Image of the program. Default: the operator's own version of it.")
        @Size(max = 512)
        String image,
    @JsonPropertyDescription("What becomes of artifacts.") @Default("{}") Retention retention,
    @JsonPropertyDescription(
            "The profile that the run is under: it gives what this spec does not say, and may limit what "
                + "it says. It is pinned in status.profile when the run begins; another runId, and "
                + "keizoku.dev/retry on a failed run, take that of today. Default: none.")
        ProfileRef profileRef) {

  /** What a spec without any of these fields means. */
  public static final RunPolicy DEFAULT =
      new RunPolicy(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);

  /** Fills what the schema would have filled, so that code need not ask for null. */
  public RunPolicy {
    suspend = Defaults.of(RunPolicy.class, "suspend", suspend);
    stallTimeoutSeconds = Defaults.of(RunPolicy.class, "stallTimeoutSeconds", stallTimeoutSeconds);
    backoffLimit = Defaults.of(RunPolicy.class, "backoffLimit", backoffLimit);
    storage = Defaults.of(RunPolicy.class, "storage", storage);
    podTemplate = Defaults.of(RunPolicy.class, "podTemplate", podTemplate);
    retention = Defaults.of(RunPolicy.class, "retention", retention);
  }

  /** The same of a run that is held. */
  public RunPolicy suspended() {
    return new RunPolicy(
        runId,
        true,
        queueName,
        workloadPriorityClassName,
        priorityClassName,
        activeDeadlineSeconds,
        budget,
        stallTimeoutSeconds,
        backoffLimit,
        ttlSecondsAfterFinished,
        storage,
        podTemplate,
        image,
        retention,
        profileRef);
  }

  /** The profile that a run is under. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ProfileRef(
      @JsonPropertyDescription("ClusterRunProfile, or RunProfile for one of the same namespace.")
          @Default("ClusterRunProfile")
          @Pattern("^(ClusterRunProfile|RunProfile)$")
          String kind,
      @JsonPropertyDescription("Its name.")
          @Required
          @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
          @Size(min = 1, max = 253)
          String name) {

    /** Fills what the schema would have filled. */
    public ProfileRef {
      kind = Defaults.of(ProfileRef.class, "kind", kind);
    }
  }

  /** What a run may cost. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Budget(
      @JsonPropertyDescription(
              "GPUs times hours of running time, summed over all attempts; then the program saves its "
                  + "work, is stopped, and the run fails. Raise it to go on. A run without GPUs uses "
                  + "none.")
          @Required
          @Min(0.01)
          Double gpuHours) {}
}
