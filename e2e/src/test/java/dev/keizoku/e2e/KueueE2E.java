package dev.keizoku.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keizoku.crd.v1alpha1.ContinualPretrain;
import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.crd.v1alpha1.status.Condition;
import dev.keizoku.crd.v1alpha1.status.Phase;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A real Kueue (KEIZOKU_WITH=kueue make cluster) gives four GPUs to a training, takes them for a
 * Job of more weight, and gives them again.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KueueE2E {
  private static final Duration RUN = Duration.ofMinutes(8);
  private static final Duration HELD = Duration.ofSeconds(25);

  private Cluster cluster;
  private Quickstart quickstart;
  private KueueQueue queue;

  @BeforeAll
  void aQueueForFourGpusAndACorpus() throws Exception {
    cluster = new Cluster("keizoku-kueue-" + Long.toString(System.nanoTime(), 36));
    queue = KueueQueue.ofFourGpus(cluster);
    quickstart = new Quickstart();
    Quickstart.upload(cluster.store());
    cluster.apply(Quickstart.resource(quickstart.manifest("general")));
    cluster.awaitPhase(FinCorpus.class, "general", Phase.SUCCEEDED, RUN);
  }

  @AfterAll
  void removeWhatWasMade() throws Exception {
    queue.close();
    cluster.close();
  }

  @Test
  @Order(1)
  void aPreemptedTrainingGoesOnInTheSameJobAndIsCountedOnce() {
    apply("base", queue.name());
    cluster.await(
        ContinualPretrain.class, "base", RUN, run -> run.runStatus().lastCheckpoint() != null);
    var job = job("base");
    var workload = queue.workloadOf(job).getMetadata().getUid();

    queue.weightyJob();
    var evicted = awaitMessage("base", "preempt");
    assertThat(evicted.phase()).isEqualTo(Phase.QUEUED);
    assertThat(evicted.message()).contains("queue " + queue.name(), "goes on from its checkpoint");
    assertThat(stalled(evicted)).isFalse();
    Awaitility.await("the pod has saved and gone")
        .atMost(RUN)
        .until(() -> cluster.runningPods("base").isEmpty());
    awaitStanding("base", HELD);

    queue.endWeightyJob();
    var done = cluster.awaitPhase(ContinualPretrain.class, "base", Phase.SUCCEEDED, RUN);
    var status = done.runStatus();
    assertThat(status.attempts()).hasSize(1);
    assertThat(job("base").getMetadata().getUid()).isEqualTo(job.getMetadata().getUid());
    assertThat(queue.workloadOf(job).getMetadata().getUid()).isEqualTo(workload);
    assertThat(done.getStatus().training().resumedFromStep()).isPositive();
    var sinceStart =
        Duration.between(Instant.parse(status.startTime()), Instant.parse(status.completionTime()));
    assertThat(status.activeSeconds())
        .isPositive()
        .isLessThanOrEqualTo(sinceStart.minus(HELD).toSeconds());
  }

  @Test
  @Order(2)
  void aDeactivatedWorkloadIsStuckUntilItIsActiveAgain() {
    queue.weightyJob();
    apply("held", queue.name());
    awaitMessage("held", "at position 1");
    var workload = queue.workloadOf(job("held"));
    queue.setActive(workload, false);
    var held = awaitMessage("held", "spec.active");
    assertThat(held.phase()).isEqualTo(Phase.QUEUED);
    assertThat(stalled(held)).isTrue();
    queue.setActive(workload, true);
    assertThat(stalled(awaitMessage("held", "Waits for quota"))).isFalse();
    queue.endWeightyJob();
    cluster.awaitPhase(ContinualPretrain.class, "held", Phase.RUNNING, RUN);
  }

  @Test
  @Order(3)
  void aQueueThatIsNotThereIsToldInKueuesWords() {
    apply("nowhere", "no-such-queue");
    var status = awaitMessage("nowhere", "no-such-queue doesn't exist");
    assertThat(status.phase()).isEqualTo(Phase.QUEUED);
    assertThat(stalled(status)).isTrue();
  }

  private void apply(String name, String queueName) {
    var manifest = quickstart.training("base", 60);
    ((ObjectNode) manifest.get("metadata")).put("name", name);
    ((ObjectNode) manifest.get("spec"))
        .put("queueName", queueName)
        .put("workloadPriorityClassName", queue.lightPriority());
    cluster.apply(Quickstart.resource(manifest));
  }

  private RunStatus awaitMessage(String name, String words) {
    return cluster
        .await(
            ContinualPretrain.class,
            name,
            Duration.ofMinutes(2),
            run -> run.runStatus().message() != null && run.runStatus().message().contains(words))
        .runStatus();
  }

  /** What waits is not at work: its running time stands still that long. */
  private void awaitStanding(String name, Duration time) {
    var last = new AtomicLong(-1);
    Awaitility.await("running time stands still")
        .during(time)
        .atMost(time.multipliedBy(3))
        .until(
            () -> {
              var run = cluster.await(ContinualPretrain.class, name, RUN, any -> true);
              long seconds = run.runStatus().activeSeconds();
              return last.getAndSet(seconds) == seconds;
            });
  }

  private Job job(String name) {
    return cluster
        .client()
        .batch()
        .v1()
        .jobs()
        .inNamespace(cluster.namespace())
        .withLabels(Map.of("keizoku.dev/name", name, "keizoku.dev/attempt", "1"))
        .list()
        .getItems()
        .getFirst();
  }

  private static boolean stalled(RunStatus status) {
    return status.condition("Stalled").map(Condition::isTrue).orElseThrow();
  }
}
