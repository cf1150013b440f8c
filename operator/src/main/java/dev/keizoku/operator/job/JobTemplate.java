package dev.keizoku.operator.job;

import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.run.AttemptOrder;
import dev.keizoku.contract.run.CheckpointWish;
import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.crd.v1alpha1.spec.PodTemplate;
import dev.keizoku.crd.v1alpha1.spec.RunPolicy;
import dev.keizoku.crd.v1alpha1.status.Attempt;
import dev.keizoku.operator.naming.Labels;
import dev.keizoku.operator.settings.PodSettings;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicy;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

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
   * @param store how the program reaches the object store
   * @param apiKeys of endpoints that the program asks, by the name of the file
   * @param devices and disk, asked for unless the pod template names them
   * @param environment what the operator tells the program, unless the pod template does
   * @param installation what every pod gets
   */
  public record Program(
      String image,
      String pullPolicy,
      List<String> arguments,
      String priorityClassName,
      int port,
      String configMap,
      Store store,
      Map<String, ApiKeys.Entry> apiKeys,
      Map<String, Quantity> devices,
      Map<String, String> environment,
      PodSettings installation) {

    /** The same, told that too. */
    Program with(String variable, String value) {
      var more = new TreeMap<>(environment);
      more.put(variable, value);
      return with(apiKeys, more);
    }

    /** The same with those keys. */
    public Program with(Map<String, ApiKeys.Entry> keys) {
      return with(keys, environment);
    }

    private Program with(Map<String, ApiKeys.Entry> keys, Map<String, String> told) {
      return new Program(
          image,
          pullPolicy,
          arguments,
          priorityClassName,
          port,
          configMap,
          store,
          keys,
          devices,
          told,
          installation);
    }
  }

  /**
   * By whose authority the object store is reached.
   *
   * @param secretName holds the keys; null for the identity that the cloud gives the pod
   * @param caBundle ConfigMap with authorities to believe; null for the public ones alone
   * @param keysAsFiles whether the program reads the keys from files; else from its environment
   */
  public record Store(String secretName, String caBundle, boolean keysAsFiles) {}

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
    var order = new AttemptOrder(owner.getMetadata().getGeneration(), attempt.number());
    var told = program.with(AttemptOrder.VARIABLE, order.toString());
    var wish = Labels.annotation(owner, Labels.CHECKPOINT);
    if (wish != null) {
      told = told.with(CheckpointWish.VARIABLE, CheckpointWish.of(wish));
    }
    return new JobBuilder()
        .withNewMetadata()
        .withNamespace(owner.getMetadata().getNamespace())
        .withName(attempt.job())
        .withLabels(jobLabels)
        .addToAnnotations(Labels.GENERATION, owner.getMetadata().getGeneration().toString())
        .addToAnnotations(Labels.RUN_UID, Objects.toString(owner.runStatus().runUid(), ""))
        .endMetadata()
        .withNewSpec()
        .withBackoffLimit(0)
        .withCompletions(1)
        .withParallelism(1)
        // A queue starts the Job by taking this back.
        .withSuspend(policy.queueName() != null ? true : null)
        .withPodReplacementPolicy("Failed")
        .withPodFailurePolicy(failurePolicy("FailJob"))
        .withTemplate(PodShape.of(labels, policy.podTemplate(), told))
        .endSpec()
        .build();
  }

  /**
   * A Job that plans a run. It holds no device and writes nothing, so Kubernetes itself tries it
   * again, with its own growing pauses; in the installation's queue for such, if there is one.
   */
  public static Job plan(
      HasMetadata owner, String name, int backoffLimit, PodTemplate template, Program program) {
    var labels = new HashMap<>(Labels.of(owner));
    labels.put(Labels.PLAN, "true");
    return new JobBuilder()
        .withNewMetadata()
        .withNamespace(owner.getMetadata().getNamespace())
        .withName(name)
        .withLabels(queued(labels, program))
        .addToAnnotations(Labels.GENERATION, owner.getMetadata().getGeneration().toString())
        .endMetadata()
        .withNewSpec()
        .withSuspend(program.installation().helpers().queueName() != null ? true : null)
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
        .withLabels(queued(Labels.of(owner), program))
        .endMetadata()
        .withNewSpec()
        .withSuspend(program.installation().helpers().queueName() != null ? true : null)
        .withBackoffLimit(3)
        // What cannot be deleted must not hold the resource back for ever.
        .withActiveDeadlineSeconds(DELETION_LIMIT_SECONDS)
        .withTemplate(PodShape.of(Labels.of(owner), template, program))
        .endSpec()
        .build();
  }

  private static Map<String, String> queued(Map<String, String> labels, Program program) {
    var queue = program.installation().helpers().queueName();
    if (queue == null) {
      return labels;
    }
    var more = new HashMap<>(labels);
    more.put(Labels.QUEUE, queue);
    return more;
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
