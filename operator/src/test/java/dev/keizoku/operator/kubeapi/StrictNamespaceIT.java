package dev.keizoku.operator.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.corpus.CorpusRun;
import dev.keizoku.crd.v1alpha1.ContinualPretrain;
import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.crd.v1alpha1.status.Phase;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the chart's values give the pods of runs and the small ones that plan and delete. */
class StrictNamespaceIT {
  private static final String[] VALUES = {
    "pods.fixedUser=false",
    "pods.helpers.labels.cost-centre=research",
    "pods.helpers.annotations.example\\.com/inject=never",
    "pods.helpers.nodeSelector.pool=small",
    "pods.helpers.tolerations[0].key=small",
    "pods.helpers.resources.limits.cpu=500m",
    "pods.helpers.resources.limits.memory=2Gi",
    "pods.helpers.queueName=helpers",
    "imagePullSecrets[0].name=mirror"
  };

  @RegisterExtension private final Scene scene = new Scene();

  @BeforeEach
  void install() throws Exception {
    HelmChart.assumeHelm();
    var pods = HelmChart.environment(HelmChart.rendered("keizoku-system", VALUES), "KEIZOKU_PODS");
    scene.stopOperator();
    scene.startOperator(Map.of("keizoku.pods", pods));
  }

  private static PodSpec assertFits(Job job) {
    assertThat(job.getMetadata().getLabels()).containsEntry("kueue.x-k8s.io/queue-name", "helpers");
    assertThat(job.getSpec().getSuspend()).isTrue();
    var template = job.getSpec().getTemplate();
    assertThat(template.getMetadata().getLabels()).containsEntry("cost-centre", "research");
    assertThat(template.getMetadata().getAnnotations())
        .containsEntry("example.com/inject", "never");
    var pod = template.getSpec();
    assertThat(pod.getNodeSelector()).containsEntry("pool", "small");
    assertThat(pod.getTolerations()).extracting(t -> t.getKey()).containsExactly("small");
    assertThat(pod.getContainers().getFirst().getResources().getLimits())
        .containsEntry("cpu", new Quantity("500m"))
        .containsEntry("memory", new Quantity("2Gi"));
    return assertUserOfTheNamespace(pod);
  }

  private static PodSpec assertUserOfTheNamespace(PodSpec pod) {
    assertThat(pod.getImagePullSecrets()).containsExactly(new LocalObjectReference("mirror"));
    var security = pod.getSecurityContext();
    assertThat(security.getRunAsNonRoot()).isTrue();
    assertThat(security.getRunAsUser()).isNull();
    assertThat(security.getFsGroup()).isNull();
    return pod;
  }

  @Test
  void thePlanFitsANamespaceThatAsksForMuch() {
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    scene.buildCorpus("aaaa", 1);
    scene.apply(
        ContinualPretrain.class, Manifests.PRETRAIN.replace("deviceType: cpu", "deviceType: gpu"));
    assertFits(scene.jobs.awaitPlan("tuned"));
    scene.awaitPhase(ContinualPretrain.class, "tuned", Phase.QUEUED);
  }

  @Test
  void soDoesTheDeletionAndEveryRun() {
    scene.apply(FinCorpus.class, Manifests.goesWithItsArtifacts(Manifests.CORPUS));
    var run = scene.jobs.awaitJob("finance", 1);
    assertUserOfTheNamespace(run.getSpec().getTemplate().getSpec());
    assertThat(run.getMetadata().getLabels()).doesNotContainKey("kueue.x-k8s.io/queue-name");
    scene.buildCorpus("aaaa", 1);
    scene.awaitPhase(FinCorpus.class, "finance", Phase.SUCCEEDED);
    scene.client.resource(scene.get(FinCorpus.class, "finance")).delete();
    assertFits(scene.jobs.awaitDeletion("finance"));
  }

  @Test
  void aStoreThatKnowsThePodByItsIdentityNeedsNoKeys() {
    scene.stopOperator();
    scene.startOperator(
        Map.of(
            "keizoku.storage.endpoint", "",
            "keizoku.storage.region", "ap-northeast-1",
            "keizoku.storage.secret-name", "",
            "keizoku.storage.ca-bundle", "authorities"));
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    var pod = scene.jobs.awaitJob("finance", 1).getSpec().getTemplate().getSpec();
    assertThat(pod.getContainers().getFirst().getEnv())
        .extracting(e -> e.getName() + "=" + e.getValue())
        .containsExactly(
            "KEIZOKU_STORAGE_IDENTITY=pod",
            "AWS_CA_BUNDLE=/etc/keizoku-ca/ca.crt",
            "KEIZOKU_ATTEMPT=1.1");
    assertThat(pod.getVolumes())
        .filteredOn(v -> v.getConfigMap() != null)
        .extracting(v -> v.getConfigMap().getName())
        .contains("authorities");
    assertThat(scene.runFile("finance", CorpusRun.class).storage().endpoint())
        .isEqualTo("https://s3.ap-northeast-1.amazonaws.com");
  }

  @Test
  void anInstallationWithoutAStoreIsToldBeforeAnyPodStarts() {
    scene.stopOperator();
    scene.startOperator(Map.of("keizoku.storage.endpoint", ""));
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    var waits = scene.awaitReason(FinCorpus.class, "finance", "StorageNotConfigured");
    assertThat(waits.runStatus().message()).contains("storage.endpoint", "storage.region");
    assertThat(scene.jobs.jobs("finance")).isEmpty();
  }
}
