package dev.keizoku.operator.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.result.ProgressReport;
import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.crd.v1alpha1.status.Attempt;
import dev.keizoku.crd.v1alpha1.status.Phase;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A corpus at work as the operator of 23 November 2026 left it in a cluster (src/test/resources/
 * upgrade, recorded there): today's operator takes it over.
 */
class TakenOverIT {
  @RegisterExtension private final Scene scene = new Scene();

  private String corpusUid = "";
  private String jobUid = "";

  @Test
  void aRunThatAnOlderOperatorBeganGoesOnUntouched() {
    scene.stopOperator();
    var corpus = restore(GenericKubernetesResource.class, "fincorpus");
    corpusUid = corpus.getMetadata().getUid();
    withStatus(GenericKubernetesResource.class, "fincorpus", corpus);
    restore(ConfigMap.class, "configmap");
    var job = restore(Job.class, "job");
    jobUid = job.getMetadata().getUid();
    withStatus(Job.class, "job", job);
    var pod = restore(Pod.class, "pod");
    withStatus(Pod.class, "pod", pod);
    var began = scene.get(FinCorpus.class, "finance").runStatus();
    assertThat(began.phase()).isEqualTo(Phase.RUNNING);
    var before = versions();

    scene.startOperator();
    scene.program.says(progress(began.runUid()));
    var heard = scene.await(FinCorpus.class, "finance", c -> c.runStatus().progress() != null);
    assertThat(heard.runStatus().phase()).isEqualTo(Phase.RUNNING);
    assertThat(versions()).as("Job, pod and run file").isEqualTo(before);

    scene.jobs.end(pod, 0, scene.corpusReport(began.runUid(), "abab"));
    var done = scene.awaitPhase(FinCorpus.class, "finance", Phase.SUCCEEDED).runStatus();
    assertThat(done.attempts())
        .extracting(Attempt::job)
        .containsExactly(began.attempts().getFirst().job());
    assertThat(done.runUid()).isEqualTo(began.runUid());
    assertThat(done.output()).isEqualTo(began.output());
    assertThat(scene.jobs.jobs("finance")).hasSize(1);
  }

  /** Of all that the run had in the cluster. */
  private List<String> versions() {
    var client = scene.client;
    return Stream.of(
            client.batch().v1().jobs().inNamespace(scene.namespace).list().getItems(),
            client.pods().inNamespace(scene.namespace).list().getItems(),
            client
                .configMaps()
                .inNamespace(scene.namespace)
                .withLabel("keizoku.dev/name", "finance")
                .list()
                .getItems())
        .flatMap(List::stream)
        .map(HasMetadata::getMetadata)
        .map(meta -> meta.getUid() + " " + meta.getResourceVersion())
        .toList();
  }

  private static ProgressReport progress(String runUid) {
    var now = Instant.now().toString();
    return new ProgressReport(
        runUid, "tokenize", 7, null, "documents", null, null, null, now, null);
  }

  private <T extends HasMetadata> T restore(Class<T> kind, String name) {
    return scene.client.resource(recorded(kind, name)).inNamespace(scene.namespace).create();
  }

  private <T extends HasMetadata> void withStatus(Class<T> kind, String name, T made) {
    var recorded = recorded(kind, name);
    recorded.getMetadata().setResourceVersion(made.getMetadata().getResourceVersion());
    scene.client.resource(recorded).inNamespace(scene.namespace).updateStatus();
  }

  private <T extends HasMetadata> T recorded(Class<T> kind, String name) {
    try (var file = getClass().getResourceAsStream("/upgrade/" + name + ".yaml")) {
      var text =
          new String(file.readAllBytes(), StandardCharsets.UTF_8)
              .replace("CORPUS-UID", corpusUid)
              .replace("JOB-UID", jobUid)
              .replace("NAMESPACE", scene.namespace)
              // No program starts before its pod is made, which here is made anew.
              .replace("STARTED", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
              .replace("containerPort: 8080", "containerPort: " + scene.program.port());
      return Serialization.unmarshal(text, kind);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
