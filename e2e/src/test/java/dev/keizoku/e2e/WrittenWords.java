package dev.keizoku.e2e;

import dev.keizoku.crd.v1alpha1.BenchmarkEval;
import dev.keizoku.crd.v1alpha1.ContinualPretrain;
import dev.keizoku.crd.v1alpha1.FinCorpus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;

/**
 * All that Keizoku has written down in a namespace for whoever may read it, Secrets apart:
 * ConfigMaps, Jobs, events, statuses, termination messages, logs, and the operator's own log.
 *
 * @param client that may read it
 * @param namespace of the runs
 */
record WrittenWords(KubernetesClient client, String namespace) {

  /** Each as text, beginning with what it is. */
  List<String> all() {
    var words = new ArrayList<String>();
    words.add(yaml("ConfigMaps", client.configMaps().inNamespace(namespace).list()));
    words.add(yaml("Jobs", client.batch().v1().jobs().inNamespace(namespace).list()));
    words.add(yaml("events", client.v1().events().inNamespace(namespace).list()));
    for (var kind : List.of(FinCorpus.class, ContinualPretrain.class, BenchmarkEval.class)) {
      words.add(yaml(kind.getSimpleName(), client.resources(kind).inNamespace(namespace).list()));
    }
    for (var place : List.of(namespace, Cluster.SYSTEM_NAMESPACE)) {
      var pods =
          client.pods().inNamespace(place).withLabel("app.kubernetes.io/name", "keizoku").list();
      for (var pod : pods.getItems()) {
        var name = pod.getMetadata().getName();
        words.add(yaml("pod " + name, pod));
        if (!"Pending".equals(pod.getStatus().getPhase())) {
          words.add("log of " + name + "\n" + log(pod));
        }
      }
    }
    return words;
  }

  /** Empty where the pod went since it was listed. */
  private String log(Pod pod) {
    try {
      return client.pods().resource(pod).getLog();
    } catch (KubernetesClientException e) {
      if (e.getCode() == 404) {
        return "";
      }
      throw e;
    }
  }

  private static String yaml(String what, Object written) {
    return what + "\n" + Serialization.asYaml(written);
  }
}
