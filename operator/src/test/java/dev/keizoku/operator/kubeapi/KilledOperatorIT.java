package dev.keizoku.operator.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.crd.v1alpha1.status.Attempt;
import dev.keizoku.crd.v1alpha1.status.Phase;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged operator is killed: another takes over, every corpus is built, each attempt had one
 * Job, nothing that a status said was lost, and no event was told twice.
 */
class KilledOperatorIT {
  /** Far more than is ever needed, so that a busy machine makes nothing fail. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir private Path folder;

  private final KubernetesClient client = KubeApi.get().admin();
  private final String namespace = KubeApi.get().newNamespace();
  private final FakeJobs jobs = new FakeJobs(client, namespace);
  private final List<OperatorProcess> operators = new ArrayList<>();
  private SeenChanges changes;

  @BeforeEach
  void watch() {
    changes = new SeenChanges(client, namespace);
  }

  @AfterEach
  void end() {
    changes.close();
    operators.forEach(OperatorProcess::kill);
  }

  @Test
  void anotherOperatorTakesOverFromOneThatDied() {
    var first = start("operator-0");
    apply("before");
    playUntil(first, () -> built() == 1);
    assertThat(leader()).startsWith("operator-0_");
    var second = start("operator-1");
    first.kill();
    apply("after");
    playUntil(second, () -> built() == 2);
    assertThat(leader()).startsWith("operator-1_");

    assertThat(changes.faults()).isEmpty();
    for (var corpus : corpora()) {
      assertBuiltOnce(corpus);
    }
  }

  private String leader() {
    var leases = client.leases().inNamespace(namespace).list().getItems();
    return leases.getFirst().getSpec().getHolderIdentity();
  }

  private OperatorProcess start(String name) {
    var operator = OperatorProcess.start(folder, namespace, name);
    operators.add(operator);
    return operator;
  }

  private void apply(String name) {
    var corpus = Serialization.unmarshal(Manifests.CORPUS, FinCorpus.class);
    corpus.getMetadata().setName(name);
    client.resource(corpus).inNamespace(namespace).create();
  }

  private List<FinCorpus> corpora() {
    return client.resources(FinCorpus.class).inNamespace(namespace).list().getItems();
  }

  private long built() {
    return corpora().stream().filter(c -> c.runStatus().phase() == Phase.SUCCEEDED).count();
  }

  /** Plays the cluster: each first attempt fails, each second one builds the corpus. */
  private void playUntil(OperatorProcess operator, BooleanSupplier fact) {
    Awaitility.await("the moment")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              assertThat(operator.isAlive()).as("it lives; it said: %s", operator.said()).isTrue();
              corpora().forEach(this::play);
              return fact.getAsBoolean();
            });
  }

  private void play(FinCorpus corpus) {
    for (var job : jobs.attempts(corpus.getMetadata().getName())) {
      if (!job.getStatus().getConditions().isEmpty()) {
        continue;
      }
      if (job.getStatus().getStartTime() == null) {
        jobs.start(job, "pod");
      } else {
        endPod(corpus, job);
      }
    }
  }

  private void endPod(FinCorpus corpus, Job job) {
    Pod pod =
        client.pods().inNamespace(namespace).withName(job.getMetadata().getName() + "-pod").get();
    boolean fails = "1".equals(job.getMetadata().getLabels().get("keizoku.dev/attempt"));
    var uid = job.getMetadata().getAnnotations().get("keizoku.dev/run-uid");
    var name = corpus.getMetadata().getName();
    jobs.end(
        pod,
        fails ? 1 : 0,
        fails ? "out of luck" : Manifests.corpusReport(uid, corpus.runStatus().output(), name));
  }

  private void assertBuiltOnce(FinCorpus corpus) {
    var name = corpus.getMetadata().getName();
    var status = corpus.runStatus();
    assertThat(status.attempts()).extracting(Attempt::number).containsExactly(1, 2);
    assertThat(status.attempts().getFirst().exitCode()).isEqualTo(1);
    assertThat(status.artifact().sha256()).isEqualTo(Manifests.digest(name));
    assertThat(corpus.getStatus().corpus().version()).isEqualTo(name);
    assertThat(jobs.attempts(name)).hasSize(2);
    assertThat(events(name)).as("events of %s", name).doesNotHaveDuplicates();
    assertThat(events(name).stream().filter(e -> e.startsWith("Completed"))).hasSize(1);
  }

  private List<String> events(String name) {
    return client.v1().events().inNamespace(namespace).list().getItems().stream()
        .filter(event -> event.getInvolvedObject().getName().equals(name))
        .map(KilledOperatorIT::words)
        .toList();
  }

  private static String words(Event event) {
    return event.getReason() + ": " + event.getMessage();
  }
}
