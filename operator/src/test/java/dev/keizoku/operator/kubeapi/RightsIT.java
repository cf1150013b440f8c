package dev.keizoku.operator.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.crd.v1alpha1.BenchmarkEval;
import dev.keizoku.crd.v1alpha1.ContinualPretrain;
import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.crd.v1alpha1.status.Phase;
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

  @Test
  void everyRightIsUsed() {
    scene.apply(
        FinCorpus.class,
        Manifests.CORPUS.replace("spec:\n", "spec:\n  retention: {onDelete: Delete}\n"));
    scene.buildCorpus("abab", 1);
    scene.apply(
        ContinualPretrain.class,
        Manifests.PRETRAIN.replace("spec:\n", "spec:\n  ttlSecondsAfterFinished: 0\n"));
    scene.plan("tuned");
    var pod = scene.jobs.start("tuned", 1);
    scene.awaitPhase(ContinualPretrain.class, "tuned", Phase.RUNNING);
    scene.jobs.end(pod, 0, scene.trainReport(scene.uid("tuned")));
    scene.awaitPhase(ContinualPretrain.class, "tuned", Phase.SUCCEEDED);
    scene.apply(
        BenchmarkEval.class, Manifests.EVAL.replace("spec:\n", "spec:\n  queueName: team-a\n"));
    scene.awaitReason(BenchmarkEval.class, "compare", "Inadmissible");
    for (var kind : Set.of(BenchmarkEval.class, ContinualPretrain.class, FinCorpus.class)) {
      scene.client.resources(kind).inNamespace(scene.namespace).delete();
    }
    Awaitility.await().until(() -> scene.get(BenchmarkEval.class, "compare") == null);

    var granted = granted();
    var unused = new TreeSet<>(granted);
    Awaitility.await()
        .untilAsserted(
            () -> {
              unused.removeAll(texts(KubeApi.get().calls()));
              assertThat(unused).isEmpty();
            });
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
