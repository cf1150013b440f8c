package dev.keizoku.operator.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.result.ProgressReport;
import dev.keizoku.crd.v1alpha1.ContinualPretrain;
import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.crd.v1alpha1.status.Condition;
import dev.keizoku.crd.v1alpha1.status.Phase;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is told of a Job that Kueue holds back. Its Workloads are written here as Kueue v0.17.0
 * writes them; KueueE2E has the real one.
 */
class QueueIT {
  private static final String DEFINITION =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata:
        name: workloads.kueue.x-k8s.io
        annotations: {api-approved.kubernetes.io: https://github.com/kubernetes-sigs/kueue}
      spec:
        group: kueue.x-k8s.io
        names: {kind: Workload, plural: workloads, singular: workload}
        scope: Namespaced
        versions:
        - name: v1beta1
          served: true
          storage: true
          schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
      """;

  private static final String QUEUED =
      Manifests.CORPUS.replace(
          "spec:\n", "spec:\n  queueName: team-a\n  workloadPriorityClassName: low\n");

  @RegisterExtension private final Scene scene = new Scene();

  @AfterEach
  void end() {
    var definition =
        KubeApi.get()
            .admin()
            .apiextensions()
            .v1()
            .customResourceDefinitions()
            .withName("workloads.kueue.x-k8s.io");
    definition.delete();
    Awaitility.await().until(() -> definition.get() == null);
  }

  @Test
  void withoutKueueAQueueIsAMistake() {
    scene.apply(FinCorpus.class, QUEUED);
    var job = scene.jobs.awaitJob("finance", 1);
    assertThat(job.getSpec().getSuspend()).isTrue();
    assertThat(job.getMetadata().getLabels())
        .containsEntry("kueue.x-k8s.io/queue-name", "team-a")
        .containsEntry("kueue.x-k8s.io/priority-class", "low");
    var told = scene.awaitReason(FinCorpus.class, "finance", "Inadmissible").runStatus();
    assertThat(told.phase()).isEqualTo(Phase.QUEUED);
    assertThat(told.message()).contains("queue team-a", "has no Kueue", "spec.queueName");
    assertThat(stalled(told)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          true  | Pending      | insufficient unused quota for nvidia.com/gpu in flavor a, 4 more needed. | WaitingForQuota     | false
          true  | Inadmissible | LocalQueue team-a doesn't exist                                          | Inadmissible        | true
          true  | Inadmissible | ClusterQueue c is inactive                                               | Inadmissible        | true
          false | Pending      | The workload is deactivated                                              | WorkloadDeactivated | true
          """)
  void queuedIsToldFromStuck(
      boolean active, String reason, String words, String told, boolean stalled) {
    defineWorkloads();
    scene.apply(FinCorpus.class, QUEUED);
    workload(scene.jobs.awaitJob("finance", 1), active, reason, words);
    var status = scene.awaitReason(FinCorpus.class, "finance", told).runStatus();
    assertThat(status.phase()).isEqualTo(Phase.QUEUED);
    Awaitility.await()
        .until(() -> message().contains(active ? words.replaceAll("\\.$", "") : "spec.active"));
    assertThat(stalled(status)).isEqualTo(stalled);
  }

  /** As Kueue's admission gives one to MultiKueue; who manages a Job cannot change later. */
  @Test
  void aJobThatIsGivenToAnotherClusterIsStuckHere() {
    scene.apply(FinCorpus.class, QUEUED);
    var job = scene.jobs.awaitJob("finance", 1);
    scene.stopOperator();
    scene.client.resource(job).delete();
    scene.client.resource(managedBy("kueue.x-k8s.io/multikueue", job)).create();
    scene.startOperator();
    var told = scene.awaitReason(FinCorpus.class, "finance", "AnotherCluster").runStatus();
    assertThat(told.phase()).isEqualTo(Phase.QUEUED);
    assertThat(told.message())
        .contains(job.getMetadata().getName(), "kueue.x-k8s.io/multikueue", "Take a queue without");
    assertThat(stalled(told)).isTrue();
    assertThat(told.attempts()).hasSize(1);
  }

  /** The less a run would lose, the sooner Kueue may take its quota. */
  @Test
  void kueueIsToldOfWorkThatIsNotSaved() {
    defineWorkloads();
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    scene.buildCorpus("abab", 1);
    scene.apply(
        ContinualPretrain.class,
        Manifests.PRETRAIN.replace("spec:\n", "spec:\n  queueName: team-a\n"));
    var uid = scene.uid("tuned");
    var plan = scene.jobs.start(scene.jobs.awaitPlan("tuned"), "pod");
    scene.jobs.end(plan, 0, Manifests.planReport(uid, true, "Planned", "It fits."));
    var job = scene.jobs.awaitJob("tuned", 1);
    workload(job, true, "Admitted", "It has quota.");
    scene
        .client
        .resource(job)
        .edit(j -> new JobBuilder(j).editSpec().withSuspend(false).endSpec().build());
    scene.jobs.start("tuned", 1);
    scene.awaitPhase(ContinualPretrain.class, "tuned", Phase.RUNNING);
    assertThat(boost()).isNull();

    scene.stopOperator();
    scene.startOperatorLater(Duration.ofMinutes(25), Map.of("keizoku.kueue.priority-boost", "20"));
    Awaitility.await().until(() -> "20".equals(boost()));
    scene.program.says(
        new ProgressReport(
            uid, "train", 7, 10L, "steps", 9L, Map.of(), 7L, Instant.now().toString(), null));
    Awaitility.await().until(() -> "0".equals(boost()));
  }

  private String boost() {
    var workload =
        KubeApi.get()
            .admin()
            .genericKubernetesResources("kueue.x-k8s.io/v1beta1", "Workload")
            .inNamespace(scene.namespace)
            .withName("job-finance")
            .get();
    var annotations = workload.getMetadata().getAnnotations();
    return annotations == null ? null : annotations.get("kueue.x-k8s.io/priority-boost");
  }

  private static Job managedBy(String controller, Job job) {
    return new JobBuilder(HostileIT.squatter(job))
        .editMetadata()
        .withOwnerReferences(job.getMetadata().getOwnerReferences())
        .endMetadata()
        .editSpec()
        .withManagedBy(controller)
        .endSpec()
        .build();
  }

  private String message() {
    return scene
        .client
        .resources(FinCorpus.class)
        .inNamespace(scene.namespace)
        .withName("finance")
        .get()
        .runStatus()
        .message();
  }

  private static void defineWorkloads() {
    var admin = KubeApi.get().admin();
    admin
        .resource(Serialization.unmarshal(DEFINITION, CustomResourceDefinition.class))
        .serverSideApply();
    Awaitility.await()
        .ignoreExceptions()
        .until(
            () ->
                admin
                    .genericKubernetesResources("kueue.x-k8s.io/v1beta1", "Workload")
                    .inNamespace("default")
                    .list()
                    .getItems()
                    .isEmpty());
  }

  private void workload(Job job, boolean active, String reason, String words) {
    var text =
        """
        apiVersion: kueue.x-k8s.io/v1beta1
        kind: Workload
        metadata:
          name: job-finance
          namespace: %s
          labels: {kueue.x-k8s.io/job-uid: %s}
        spec: {active: %s, queueName: team-a}
        status:
          conditions:
          - {type: QuotaReserved, status: "False", reason: %s, message: "%s"}
        """
            .formatted(scene.namespace, job.getMetadata().getUid(), active, reason, words);
    KubeApi.get()
        .admin()
        .resource(Serialization.unmarshal(text, GenericKubernetesResource.class))
        .create();
  }

  private static boolean stalled(RunStatus status) {
    return status.condition("Stalled").map(Condition::isTrue).orElseThrow();
  }
}
