package dev.keizoku.operator.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.crd.v1alpha1.ContinualPretrain;
import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.crd.v1alpha1.status.Condition;
import dev.keizoku.crd.v1alpha1.status.Phase;
import io.fabric8.kubernetes.api.model.LimitRangeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the cluster refuses is told in its own words, and goes on by itself once it is mended. */
class RefusedIT {
  private static final String BAD_POD = "spec:\n  podTemplate: {env: [{name: 'A=B', value: x}]}\n";

  @RegisterExtension private final Scene scene = new Scene();

  private void quota(String resource) {
    var quota =
        new ResourceQuotaBuilder()
            .withNewMetadata()
            .withNamespace(scene.namespace)
            .withName("q")
            .endMetadata()
            .withNewSpec()
            .addToHard(resource, new Quantity("0"))
            .endSpec()
            .build();
    // Nothing here computes what is used.
    scene.client.resource(quota).create();
    scene
        .client
        .resource(quota)
        .editStatus(
            q ->
                new ResourceQuotaBuilder(q)
                    .withNewStatus()
                    .addToHard(resource, new Quantity("0"))
                    .addToUsed(resource, new Quantity("0"))
                    .endStatus()
                    .build());
  }

  private static String stalled(RunResource resource) {
    return resource.runStatus().condition("Stalled").map(Condition::status).orElse("-");
  }

  @Test
  void aPodThatExceedsTheQuotaIsQueuedWithTheServersWords() {
    quota("pods");
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    scene.jobs.refused(scene.jobs.awaitJob("finance", 1));
    var refused = scene.awaitReason(FinCorpus.class, "finance", "QuotaExceeded");
    assertThat(refused.runStatus().phase()).isEqualTo(Phase.QUEUED);
    assertThat(refused.runStatus().message())
        .contains("exceeded quota: q, requested: pods=1, used: pods=0, limited: pods=0");
    assertThat(stalled(refused)).isEqualTo("False");
    assertThat(scene.events("finance", "QuotaExceeded"))
        .singleElement()
        .satisfies(event -> assertThat(event.getType()).isEqualTo("Warning"));

    scene.client.resourceQuotas().inNamespace(scene.namespace).withName("q").delete();
    Awaitility.await().ignoreExceptions().until(() -> scene.jobs.start("finance", 1) != null);
    scene.awaitPhase(FinCorpus.class, "finance", Phase.RUNNING);
  }

  @Test
  void aMissingPriorityClassStalls() {
    scene.apply(
        FinCorpus.class,
        Manifests.CORPUS.replace("spec:\n", "spec:\n  priorityClassName: no-such\n"));
    var refused = scene.awaitReason(FinCorpus.class, "finance", "Refused");
    assertThat(refused.runStatus().message())
        .contains("a pod of Job finance-", "no PriorityClass with name no-such");
    assertThat(refused.runStatus().phase()).isEqualTo(Phase.PENDING);
    assertThat(stalled(refused)).isEqualTo("True");
    assertThat(refused.runStatus().condition("Reconciling").orElseThrow().isTrue()).isFalse();
    assertThat(refused.runStatus().attempts()).isEmpty();
    assertThat(scene.jobs.jobs("finance")).isEmpty();
  }

  /** Whoever waits three days for a corpus hears at once that his pod would not be taken. */
  @Test
  void whatWouldNotBeTakenIsToldBeforeTheInputsAreThere() {
    scene.apply(ContinualPretrain.class, Manifests.PRETRAIN.replace("spec:\n", BAD_POD));
    var refused = scene.awaitReason(ContinualPretrain.class, "tuned", "Refused");
    assertThat(refused.runStatus().message()).contains("Job tuned-", "A=B", "is invalid");
    assertThat(scene.events("tuned", "Refused")).hasSize(1);
    scene.patch(ContinualPretrain.class, "tuned", "{\"spec\":{\"podTemplate\":{\"env\":null}}}");
    var waits = scene.awaitReason(ContinualPretrain.class, "tuned", "CorpusNotFound");
    assertThat(stalled(waits)).isEqualTo("False");
    assertThat(scene.client.pods().inNamespace(scene.namespace).list().getItems()).isEmpty();
  }

  /** What is tried is what the Job controller would make, and not a pod of nobody. */
  @Test
  void aPolicyAgainstPodsOfNobodyTakesARunsPod() {
    var ofNobody =
        Serialization.unmarshal(
            """
            metadata: {name: of-nobody}
            spec:
              securityContext: {runAsNonRoot: true, runAsUser: 1, seccompProfile: {type: RuntimeDefault}}
              containers:
              - name: program
                image: program
                securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
            """,
            Pod.class);
    ofNobody.getMetadata().setNamespace(scene.namespace);
    Policy.only(
        scene.namespace,
        "pods",
        "has(object.metadata.ownerReferences) && object.metadata.ownerReferences.all(o, o.kind =="
            + " 'Job' && o.controller) && 'batch.kubernetes.io/job-name' in object.metadata.labels");
    Policy.awaitRefusal(ofNobody);
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    scene.jobs.awaitJob("finance", 1);
    assertThat(scene.events("finance", "Refused")).isEmpty();
    scene.awaitReason(FinCorpus.class, "finance", "PodStarting");
  }

  @Test
  void aLimitRangeThatComesAfterwardsIsToldToo() {
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    var job = scene.jobs.awaitJob("finance", 1);
    scene
        .client
        .resource(
            new LimitRangeBuilder()
                .withNewMetadata()
                .withNamespace(scene.namespace)
                .withName("small")
                .endMetadata()
                .withNewSpec()
                .addNewLimit()
                .withType("Container")
                .addToMax("memory", new Quantity("1Gi"))
                .endLimit()
                .endSpec()
                .build())
        .create();
    scene.jobs.refused(job);
    var refused = scene.awaitReason(FinCorpus.class, "finance", "Refused");
    assertThat(refused.runStatus().message()).contains("maximum memory usage per Container is 1Gi");
  }

  @Test
  void aJobThatIsNotTakenIsToldAndMadeOnceItIsMended() {
    scene.apply(FinCorpus.class, Manifests.CORPUS.replace("spec:\n", BAD_POD));
    var refused = scene.awaitReason(FinCorpus.class, "finance", "Refused");
    assertThat(refused.runStatus().message()).contains("Job finance-", "A=B", "is invalid");
    assertThat(stalled(refused)).isEqualTo("True");
    scene.patch(FinCorpus.class, "finance", "{\"spec\":{\"podTemplate\":{\"env\":null}}}");
    scene.jobs.start("finance", 1);
    var running = scene.awaitPhase(FinCorpus.class, "finance", Phase.RUNNING);
    assertThat(stalled(running)).isEqualTo("False");
    assertThat(running.runStatus().attempts()).hasSize(1);
  }

  @Test
  void aPlanThatIsNotTakenIsToldToo() {
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    var pod = scene.jobs.start("finance", 1);
    var uid = scene.get(FinCorpus.class, "finance").runStatus().runUid();
    scene.jobs.end(pod, 0, scene.corpusReport(uid, "abab"));
    scene.awaitPhase(FinCorpus.class, "finance", Phase.SUCCEEDED);
    quota("count/jobs.batch");
    scene.apply(ContinualPretrain.class, Manifests.PRETRAIN);
    var refused = scene.awaitReason(ContinualPretrain.class, "tuned", "QuotaExceeded");
    assertThat(refused.runStatus().message()).contains("Job tuned-plan-", "exceeded quota: q");
    assertThat(refused.runStatus().phase()).isEqualTo(Phase.QUEUED);
    scene.client.resourceQuotas().inNamespace(scene.namespace).withName("q").delete();
    scene.plan("tuned");
    scene.jobs.awaitJob("tuned", 1);
  }

  @Test
  void aVolumeThatNeverMountsIsToldInTheKubeletsWords() {
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    var pod = scene.jobs.start("finance", 1);
    scene.pods.waiting(pod, "ContainerCreating", null);
    var words = "MountVolume.SetUp failed for volume \"extra\" : secret \"not-there\" not found";
    scene.pods.troubled(pod, "FailedMount", words);
    var waiting = scene.awaitReason(FinCorpus.class, "finance", "VolumeNotReady");
    assertThat(waiting.runStatus().message()).contains(words);
  }

  @Test
  void aDeletionThatIsRefusedIsToldAndNotGivenUpAtOnce() {
    scene.apply(FinCorpus.class, Manifests.goesWithItsArtifacts(Manifests.CORPUS));
    var pod = scene.jobs.start("finance", 1);
    var uid = scene.awaitPhase(FinCorpus.class, "finance", Phase.RUNNING).runStatus().runUid();
    scene.jobs.end(pod, 0, scene.corpusReport(uid, "abab"));
    scene.awaitPhase(FinCorpus.class, "finance", Phase.SUCCEEDED);
    quota("count/jobs.batch");
    scene.client.resource(scene.get(FinCorpus.class, "finance")).delete();
    Awaitility.await().until(() -> !scene.events("finance", "DeletionRefused").isEmpty());
    assertThat(scene.events("finance", "DeletionRefused"))
        .singleElement()
        .satisfies(event -> assertThat(event.getMessage()).contains("exceeded quota: q"));
    assertThat(scene.get(FinCorpus.class, "finance")).isNotNull();
    scene.client.resourceQuotas().inNamespace(scene.namespace).withName("q").delete();
    scene.jobs.awaitDeletion("finance");
  }
}
