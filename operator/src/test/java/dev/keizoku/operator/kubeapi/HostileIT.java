package dev.keizoku.operator.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.crd.v1alpha1.status.Phase;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Somebody who may make pods in the namespace, and means harm to another's run. */
class HostileIT {
  private static final String JOB_CONTROLLER = "system:serviceaccount:kube-system:job-controller";

  @RegisterExtension private final Scene scene = new Scene();

  /** A pod of somebody else with those labels and owners. */
  private Pod forgery(Pod own, Map<String, String> labels, List<OwnerReference> owners) {
    return scene
        .client
        .resource(
            new PodBuilder(own)
                .withNewMetadata()
                .withNamespace(scene.namespace)
                .withName("forge")
                .withLabels(labels)
                .withOwnerReferences(owners)
                .endMetadata()
                .withStatus(null)
                .build())
        .create();
  }

  private Pod forgery(Pod own, List<OwnerReference> owners) {
    return forgery(own, own.getMetadata().getLabels(), owners);
  }

  private void assertTheRunIsNotEnded(Pod own, String uid) {
    Awaitility.await()
        .during(Duration.ofSeconds(2))
        .until(() -> scene.get(FinCorpus.class, "finance").runStatus().phase() == Phase.RUNNING);
    scene.jobs.end(own, 0, scene.corpusReport(uid, "good"));
    var done = scene.awaitPhase(FinCorpus.class, "finance", Phase.SUCCEEDED);
    assertThat(done.getStatus().corpus().version()).isEqualTo("good");
  }

  @Test
  void aPodWithARunsLabelsNeitherEndsNorHoldsIt() {
    scene.apply(FinCorpus.class, Manifests.goesWithItsArtifacts(Manifests.CORPUS));
    var own = scene.jobs.start("finance", 1);
    var uid = scene.awaitPhase(FinCorpus.class, "finance", Phase.RUNNING).runStatus().runUid();
    var forged = forgery(own, List.of());
    scene.pods.exit(forged, 0, scene.corpusReport(uid, "evil"));
    assertTheRunIsNotEnded(own, uid);

    // Nor does one that lives keep the resource.
    scene.pods.remove(forged);
    scene.pods.running(forgery(own, List.of()));
    scene.client.resource(scene.get(FinCorpus.class, "finance")).delete();
    scene.jobs.awaitDeletion("finance");
  }

  @Test
  void aForgedOwnerEndsNoRunWhosePodIsThere() {
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    var own = scene.jobs.start("finance", 1);
    var uid = scene.awaitPhase(FinCorpus.class, "finance", Phase.RUNNING).runStatus().runUid();
    // Pods are told apart by the second in which they were made.
    Awaitility.await().pollDelay(Duration.ofMillis(1100)).until(() -> true);
    var forged = forgery(own, own.getMetadata().getOwnerReferences());
    scene.pods.exit(forged, 0, scene.corpusReport(uid, "evil"));
    assertTheRunIsNotEnded(own, uid);
  }

  /**
   * Somebody else takes the name of that Job of the corpus while no operator is there, and gives it
   * back; by then the operator has made its own.
   *
   * @return the corpus while the name was taken
   */
  static FinCorpus aNameIsTaken(Scene scene, Job job) {
    scene.stopOperator();
    scene.client.resource(job).delete();
    var squatter = squatter(job);
    scene.client.resource(squatter).create();
    scene.startOperator();
    var refused = scene.awaitReason(FinCorpus.class, "finance", "Refused");
    scene.client.resource(squatter).delete();
    Awaitility.await()
        .until(
            () ->
                scene
                    .jobs
                    .job("finance", 1)
                    .filter(made -> !made.getMetadata().getOwnerReferences().isEmpty())
                    .isPresent());
    return refused;
  }

  /** Somebody else's Job of that name. */
  static Job squatter(Job job) {
    return new JobBuilder(job)
        .withNewMetadata()
        .withNamespace(job.getMetadata().getNamespace())
        .withName(job.getMetadata().getName())
        .withLabels(job.getMetadata().getLabels())
        .endMetadata()
        .editSpec()
        .withSelector(null)
        .editTemplate()
        .editMetadata()
        .withLabels(Map.of())
        .endMetadata()
        .endTemplate()
        .endSpec()
        .withStatus(null)
        .build();
  }

  @Test
  void aNameThatSomebodyElseHasTakenIsTold() {
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    var job = scene.jobs.awaitJob("finance", 1);
    var refused = aNameIsTaken(scene, job);
    assertThat(refused.runStatus().message())
        .contains(job.getMetadata().getName(), "belongs to somebody else");
  }

  @Test
  void theChartsPolicyLetsOnlyTheControllersMakeARunsChildren() throws Exception {
    HelmChart.assumeHelm();
    installPolicy();
    var jobs = new FakeJobs(KubeApi.get().as(JOB_CONTROLLER), scene.namespace);
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    var own = jobs.start("finance", 1);
    var uid = scene.awaitPhase(FinCorpus.class, "finance", Phase.RUNNING).runStatus().runUid();
    var owners = own.getMetadata().getOwnerReferences();
    forbidden(() -> forgery(own, List.of()));
    forbidden(() -> forgery(own, Map.of("team", "x"), owners));
    var labels = own.getMetadata().getLabels();
    forbidden(
        () ->
            scene
                .client
                .resource(
                    new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(scene.namespace)
                        .withName("forge")
                        .withLabels(labels)
                        .endMetadata()
                        .build())
                .create());
    var others = forgery(own, Map.of("team", "x"), List.of());
    forbidden(() -> edit(others, p -> p.getMetadata().getLabels().putAll(labels)));
    forbidden(() -> edit(own, p -> p.getMetadata().getLabels().put("keizoku.dev/name", "other")));
    edit(own, p -> p.getMetadata().getLabels().put("team", "x"));

    jobs.end(own, 0, scene.corpusReport(uid, "good"));
    scene.awaitPhase(FinCorpus.class, "finance", Phase.SUCCEEDED);
  }

  private void edit(Pod pod, Consumer<Pod> change) {
    scene
        .client
        .pods()
        .inNamespace(scene.namespace)
        .withName(pod.getMetadata().getName())
        .edit(
            p -> {
              change.accept(p);
              return p;
            });
  }

  private static void forbidden(ThrowingCallable act) {
    assertThatThrownBy(act)
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("set by the Job controller on pods");
  }

  private void installPolicy() throws Exception {
    Policy.install(HelmChart.rendered("keizoku-system"), scene.namespace);
    Policy.awaitRefusal(
        new ConfigMapBuilder()
            .withNewMetadata()
            .withNamespace(scene.namespace)
            .withName("probe")
            .addToLabels("keizoku.dev/kind", "probe")
            .endMetadata()
            .build());
  }
}
