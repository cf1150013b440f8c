package dev.keizoku.operator.job;

import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.crd.v1alpha1.spec.PodTemplate;
import dev.keizoku.crd.v1alpha1.spec.RunPolicy;
import dev.keizoku.crd.v1alpha1.status.Attempt;
import dev.keizoku.operator.naming.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicy;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The Job of one attempt. Kubernetes repeats nothing of itself ({@code backoffLimit: 0}): whether
 * there is another attempt is the operator's decision, which stands in the status first.
 */
public final class JobTemplate {
  /** Arguments of a program that reads its run file. */
  public static final List<String> RUN = List.of(PodShape.RUN_FILES + "/run.yaml");

  private static final long DELETION_LIMIT_SECONDS = 900;
  private static final long SECONDS_TO_REPORT = 10;

  private JobTemplate() {}

  /**
   * Arguments of a program that does its run, and saves on SIGTERM as long as the pod is let live.
   */
  public static List<String> run(PodTemplate template) {
    var grace = template.terminationGracePeriodSeconds();
    return List.of(
        RUN.getFirst(),
        "--scratch=" + PodShape.SCRATCH,
        "--grace=PT%dS".formatted(Math.max(1, grace - SECONDS_TO_REPORT)));
  }

  /**
   * What the pod runs.
   *
   * @param image the program's image
   * @param pullPolicy when the image is pulled
   * @param arguments the program's
   * @param priorityClassName of the pod; null for the cluster's
   * @param port where progress is served
   * @param configMap holds {@code run.yaml}; null for none
   * @param secretName holds the object store's keys; null when it needs none
   * @param devices and disk, asked for unless the pod template names them
   */
  public record Program(
      String image,
      String pullPolicy,
      List<String> arguments,
      String priorityClassName,
      int port,
      String configMap,
      String secretName,
      Map<String, Quantity> devices) {}

  /** The Job of that attempt. */
  public static <R extends HasMetadata & RunResource> Job job(
      R owner, RunPolicy policy, Attempt attempt, Program program) {
    var labels = new HashMap<>(Labels.of(owner));
    labels.put(Labels.ATTEMPT, Integer.toString(attempt.number()));
    var jobLabels = new HashMap<>(labels);
    if (policy.queueName() != null) {
      jobLabels.put(Labels.QUEUE, policy.queueName());
    }
    if (policy.workloadPriorityClassName() != null) {
      jobLabels.put(Labels.QUEUE_PRIORITY, policy.workloadPriorityClassName());
    }
    return new JobBuilder()
        .withNewMetadata()
        .withNamespace(owner.getMetadata().getNamespace())
        .withName(attempt.job())
        .withLabels(jobLabels)
        .addToAnnotations(Labels.GENERATION, owner.getMetadata().getGeneration().toString())
        .addToAnnotations(Labels.RUN_UID, owner.runStatus().runUid())
        .endMetadata()
        .withNewSpec()
        .withBackoffLimit(0)
        .withCompletions(1)
        .withParallelism(1)
        // A queue starts the Job by taking this back.
        .withSuspend(policy.queueName() != null ? true : null)
        .withPodReplacementPolicy("Failed")
        .withPodFailurePolicy(failurePolicy("FailJob"))
        .withTemplate(PodShape.of(labels, policy.podTemplate(), program))
        .endSpec()
        .build();
  }

  /**
   * A Job that plans a run. It holds no device and writes nothing, so Kubernetes itself tries it
   * again, with its own growing pauses; in no queue, since it needs next to nothing.
   */
  public static Job plan(
      HasMetadata owner, String name, int backoffLimit, PodTemplate template, Program program) {
    var labels = new HashMap<>(Labels.of(owner));
    labels.put(Labels.PLAN, "true");
    return new JobBuilder()
        .withNewMetadata()
        .withNamespace(owner.getMetadata().getNamespace())
        .withName(name)
        .withLabels(labels)
        .addToAnnotations(Labels.GENERATION, owner.getMetadata().getGeneration().toString())
        .endMetadata()
        .withNewSpec()
        .withBackoffLimit(backoffLimit)
        .withPodReplacementPolicy("Failed")
        .withPodFailurePolicy(failurePolicy("Ignore"))
        .withTemplate(PodShape.of(labels, template, program))
        .endSpec()
        .build();
  }

  /** A Job that removes artifacts; not an attempt, and gone with the resource. */
  public static Job deletion(
      HasMetadata owner, String name, PodTemplate template, Program program) {
    return new JobBuilder()
        .withNewMetadata()
        .withNamespace(owner.getMetadata().getNamespace())
        .withName(name)
        .withLabels(Labels.of(owner))
        .endMetadata()
        .withNewSpec()
        .withBackoffLimit(3)
        // What cannot be deleted must not hold the resource back for ever.
        .withActiveDeadlineSeconds(DELETION_LIMIT_SECONDS)
        .withTemplate(PodShape.of(Labels.of(owner), template, program))
        .endSpec()
        .build();
  }

  /** So that the Job itself says why it failed, even when its pod is gone. */
  private static PodFailurePolicy failurePolicy(String whenTakenAway) {
    return new PodFailurePolicyBuilder()
        .addNewRule()
        .withAction("FailJob")
        .withNewOnExitCodes()
        .withOperator("In")
        .withValues(ExitCode.USER_ERROR.code())
        .endOnExitCodes()
        .endRule()
        .addNewRule()
        .withAction(whenTakenAway)
        .addNewOnPodCondition()
        .withType("DisruptionTarget")
        .withStatus("True")
        .endOnPodCondition()
        .endRule()
        .build();
  }
}
