package dev.keizoku.operator.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.crd.v1alpha1.BenchmarkEval;
import dev.keizoku.crd.v1alpha1.ContinualPretrain;
import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.crd.v1alpha1.status.Phase;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The chart's rights are those that the operator uses, and no others. That none is missing every
 * test here shows, since its operator has no more.
 */
class RightsIT {
  @RegisterExtension private final Scene scene = new Scene();

  /** No call: where an admission plugin guards owner references, it asks for this. */
  private static final String FINALIZERS = "/finalizers";

  /**
   * Not here: the first is asked for where Kueue has a Workload (KueueE2E), the second where it is
   * told of unsaved work (QueueIT), the others where another one's write came between and the
   * finalizer is to be set or taken once more.
   */
  private static final Set<String> SELDOM =
      Set.of(
          "get visibility.kueue.x-k8s.io/localqueues/pendingworkloads",
          "patch kueue.x-k8s.io/workloads",
          "get keizoku.dev/fincorpora",
          "get keizoku.dev/continualpretrains",
          "get keizoku.dev/benchmarkevals");

  @Test
  void everyRightIsUsed() {
    scene.apply(FinCorpus.class, Manifests.goesWithItsArtifacts(Manifests.CORPUS));
    // What is there by a child's name is looked at before it is taken for the child.
    HostileIT.aNameIsTaken(scene, scene.jobs.awaitJob("finance", 1));
    aPodDoesNotCome();
    scene.buildCorpus("abab", 1);
    scene.apply(
        ContinualPretrain.class,
        Manifests.goesWithItsArtifacts(Manifests.PRETRAIN)
            .replace("spec:\n", "spec:\n  ttlSecondsAfterFinished: 0\n"));
    scene.plan("tuned");
    var pod = scene.jobs.start("tuned", 1);
    scene.awaitPhase(ContinualPretrain.class, "tuned", Phase.RUNNING);
    scene.jobs.end(pod, 0, scene.trainReport(scene.uid("tuned")));
    scene.awaitPhase(ContinualPretrain.class, "tuned", Phase.SUCCEEDED);
    scene.apply(
        BenchmarkEval.class,
        Manifests.goesWithItsArtifacts(Manifests.EVAL)
            .replace("spec:\n", "spec:\n  queueName: team-a\n"));
    scene.planEvaluation("compare");
    scene.awaitPhase(BenchmarkEval.class, "compare", Phase.QUEUED);
    readProfiles();
    for (var kind : Set.of(BenchmarkEval.class, ContinualPretrain.class, FinCorpus.class)) {
      scene.client.resources(kind).inNamespace(scene.namespace).delete();
    }
    scene.jobs.finish(scene.jobs.awaitDeletion("compare").getMetadata().getName(), true);
    scene.awaitGone(BenchmarkEval.class, "compare");

    var granted = granted();
    var unused = new TreeSet<>(granted);
    assertThat(unused).containsAll(SELDOM);
    unused.removeAll(SELDOM);
    Awaitility.await()
        .untilAsserted(
            () -> {
              unused.removeAll(texts(KubeApi.get().calls()));
              assertThat(unused).isEmpty();
            });
  }

  private void readProfiles() {
    for (var kind : Set.of("RunProfile", "ClusterRunProfile")) {
      var name = kind.toLowerCase(Locale.ROOT);
      var ref = "spec:\n  profileRef: {kind: %s, name: none}\n".formatted(kind);
      scene.apply(
          FinCorpus.class,
          Manifests.CORPUS.replace("name: finance", "name: " + name).replace("spec:\n", ref));
      scene.awaitReason(FinCorpus.class, name, "ProfileNotFound");
    }
  }

  /** Why it does not is looked for in the Job's events. */
  private static void aPodDoesNotCome() {
    Awaitility.await().until(() -> texts(KubeApi.get().calls()).contains("list /events"));
  }

  private static Set<String> granted() {
    var all = new TreeSet<String>();
    for (var rule : KubeApi.chartRules()) {
      for (var group : rule.getApiGroups()) {
        for (var resource : rule.getResources()) {
          rule.getVerbs().stream()
              .filter(verb -> !resource.endsWith(FINALIZERS))
              .forEach(verb -> all.add(verb + " " + group + "/" + resource));
        }
      }
    }
    return all;
  }

  private static Set<String> texts(Set<ApiCall> calls) {
    var all = new TreeSet<String>();
    calls.forEach(call -> all.add(call.verb() + " " + call.group() + "/" + call.resource()));
    return all;
  }
}
