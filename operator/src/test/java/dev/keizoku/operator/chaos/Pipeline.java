package dev.keizoku.operator.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.crd.v1alpha1.BenchmarkEval;
import dev.keizoku.crd.v1alpha1.ContinualPretrain;
import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.crd.v1alpha1.status.Attempt;
import dev.keizoku.crd.v1alpha1.status.Condition;
import dev.keizoku.crd.v1alpha1.status.Phase;
import dev.keizoku.operator.kubeapi.Manifests;
import dev.keizoku.operator.naming.Labels;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.stream.Stream;

/** A corpus, a training on it and an evaluation of that, in a namespace of their own. */
record Pipeline(KubernetesClient client, String namespace) {
  static final List<Class<? extends CustomResource<?, ?>>> KINDS =
      List.of(FinCorpus.class, ContinualPretrain.class, BenchmarkEval.class);

  /** All three at once. */
  static Pipeline begin(OwnCluster cluster) {
    var begun = new Pipeline(cluster.admin(), cluster.newNamespace());
    begun.create(Manifests.CORPUS, FinCorpus.class);
    begun.create(Manifests.PRETRAIN, ContinualPretrain.class);
    begun.create(Manifests.EVAL, BenchmarkEval.class);
    return begun;
  }

  private void create(String yaml, Class<? extends CustomResource<?, ?>> kind) {
    client.resource(Serialization.unmarshal(yaml, kind)).inNamespace(namespace).create();
  }

  private Stream<CustomResource<?, ?>> resources() {
    return KINDS.stream()
        .flatMap(kind -> client.resources(kind).inNamespace(namespace).list().getItems().stream());
  }

  boolean isDone() {
    return resources().allMatch(r -> ((RunResource) r).runStatus().phase() == Phase.SUCCEEDED);
  }

  /** What its three runs made. */
  List<String> digests() {
    return resources().map(r -> ((RunResource) r).runStatus().artifact().sha256()).toList();
  }

  /** Each run had its two attempts, and each of them one Job. */
  void assertDoneOnce() {
    resources().forEach(this::assertDoneOnce);
  }

  private void assertDoneOnce(CustomResource<?, ?> resource) {
    var called = called(resource);
    var status = ((RunResource) resource).runStatus();
    assertThat(status.attempts()).as(called).extracting(Attempt::number).containsExactly(1, 2);
    assertThat(status.attempts()).as(called).extracting(Attempt::exitCode).containsExactly(1, 0);
    assertThat(jobs(resource, Labels.ATTEMPT)).as(called).hasSize(2);
    assertThat(jobs(resource, Labels.PLAN))
        .as(called)
        .hasSize(resource instanceof FinCorpus ? 0 : 1);
  }

  /** No transition was told twice. */
  void assertNothingToldTwice() {
    resources()
        .forEach(
            resource -> assertThat(events(resource)).as(called(resource)).doesNotHaveDuplicates());
  }

  /** Each transition was told once. */
  void assertToldOnce() {
    assertNothingToldTwice();
    resources().forEach(this::assertEndTold);
  }

  private void assertEndTold(CustomResource<?, ?> resource) {
    var end = ((RunResource) resource).runStatus().condition("Ready").map(Condition::reason);
    assertThat(events(resource))
        .as(called(resource))
        .filteredOn(event -> event.startsWith(end.orElseThrow() + ":"))
        .hasSize(1);
  }

  private String called(CustomResource<?, ?> resource) {
    return namespace + ": " + Serialization.asYaml(resource);
  }

  private List<String> jobs(CustomResource<?, ?> resource, String label) {
    return client
        .batch()
        .v1()
        .jobs()
        .inNamespace(namespace)
        .withLabels(Labels.of(resource))
        .withLabel(label)
        .list()
        .getItems()
        .stream()
        .map(job -> job.getMetadata().getName())
        .toList();
  }

  private List<String> events(CustomResource<?, ?> resource) {
    return client
        .v1()
        .events()
        .inNamespace(namespace)
        .withField("involvedObject.uid", resource.getMetadata().getUid())
        .list()
        .getItems()
        .stream()
        .map(event -> event.getReason() + ": " + event.getMessage())
        .toList();
  }
}
