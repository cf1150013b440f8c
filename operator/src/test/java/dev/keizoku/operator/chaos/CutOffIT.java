package dev.keizoku.operator.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.crd.v1alpha1.BenchmarkEval;
import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.operator.kubeapi.OperatorUnderTest;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The operator is cut off from its API server in the middle of its work and hears later, or never,
 * what happened meanwhile. {@code -Dchaos.cuts} says how often ({@code make chaos}: 50).
 */
class CutOffIT {
  private static final int CUTS = Integer.getInteger("chaos.cuts", 3);
  private static final long SEED = Long.getLong("chaos.seed", 12L);

  /** Of the changes that one pipeline brings about, somewhat less than there are. */
  private static final int MOMENTS = 60;

  private final OwnCluster cluster = OwnCluster.get();
  private final FakeKubelet kubelet = new FakeKubelet(cluster.admin());
  private Door door;
  private SeenChanges changes;
  private OperatorUnderTest operator;

  @BeforeEach
  void start() {
    door = cluster.door();
    changes = new SeenChanges(cluster.admin());
    operator = OperatorUnderTest.by(cluster.client(door));
  }

  @AfterEach
  void end() {
    operator.close();
    changes.close();
    door.close();
  }

  @Test
  void watchesThatAreCutAreBegunAgain() {
    var moments = new Random(SEED);
    var pipelines = new ArrayList<Pipeline>();
    for (int cut = 0; cut < CUTS; cut++) {
      pipelines.add(Pipeline.begin(cluster));
      int until = changes.count() + moments.nextInt(MOMENTS);
      kubelet.playUntil(() -> changes.count() > until);
      door.cut();
    }
    kubelet.playUntil(() -> pipelines.stream().allMatch(Pipeline::isDone));

    assertThat(changes.faults()).isEmpty();
    pipelines.forEach(Pipeline::assertDoneOnce);
    pipelines.forEach(Pipeline::assertNothingToldTwice);
  }

  @Test
  void whatHappenedMeanwhileIsSeenThoughTheApiServerHasForgottenIt() {
    var atWork = Pipeline.begin(cluster);
    var deleted = Pipeline.begin(cluster);
    kubelet.playUntil(() -> hasJob(atWork) && hasJob(deleted));
    var seen = cluster.admin().resources(FinCorpus.class).inAnyNamespace().list();
    assertThat(isGone(seen.getMetadata().getResourceVersion())).isFalse();

    door.shut();
    // Every program that runs ends.
    kubelet.play();
    kubelet.play();
    var begun = Pipeline.begin(cluster);
    edit(atWork);
    delete(deleted);
    cluster.forget();
    assertThat(isGone(seen.getMetadata().getResourceVersion())).isTrue();
    door.open();

    kubelet.playUntil(() -> atWork.isDone() && begun.isDone() && isDeleted(deleted));
    assertThat(changes.faults()).isEmpty();
    atWork.assertDoneOnce();
    begun.assertDoneOnce();
    kubelet.playUntil(() -> isSeen(atWork));
  }

  private boolean hasJob(Pipeline pipeline) {
    var jobs = cluster.admin().batch().v1().jobs().inNamespace(pipeline.namespace());
    return !jobs.list().getItems().isEmpty();
  }

  private void edit(Pipeline pipeline) {
    cluster
        .admin()
        .resources(BenchmarkEval.class)
        .inNamespace(pipeline.namespace())
        .withName("compare")
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"backoffLimit\":7}}");
  }

  private boolean isSeen(Pipeline pipeline) {
    var evaluations = cluster.admin().resources(BenchmarkEval.class);
    var edited = evaluations.inNamespace(pipeline.namespace()).withName("compare").get();
    var generation = edited.getMetadata().getGeneration();
    return generation.equals(edited.runStatus().observedGeneration());
  }

  /** The corpus, and by hand the Jobs of it. */
  private void delete(Pipeline pipeline) {
    var client = cluster.admin();
    client.resources(FinCorpus.class).inNamespace(pipeline.namespace()).delete();
    client.batch().v1().jobs().inNamespace(pipeline.namespace()).delete();
  }

  private boolean isDeleted(Pipeline pipeline) {
    var corpora = cluster.admin().resources(FinCorpus.class);
    return corpora.inNamespace(pipeline.namespace()).list().getItems().isEmpty();
  }

  /** Whether a watch that goes on from there is told that it cannot. */
  private boolean isGone(String resourceVersion) {
    var watch =
        "/apis/keizoku.dev/v1alpha1/fincorpora?watch=true&timeoutSeconds=1&resourceVersion=";
    try {
      var answer = cluster.admin().raw(watch + resourceVersion);
      return answer.contains("\"code\":" + HttpURLConnection.HTTP_GONE);
    } catch (KubernetesClientException e) {
      assertThat(e.getCode()).as(e.getMessage()).isEqualTo(HttpURLConnection.HTTP_GONE);
      return true;
    }
  }
}
