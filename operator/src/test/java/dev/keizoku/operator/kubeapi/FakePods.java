package dev.keizoku.operator.kubeapi;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.PodResource;

/** Does to the pods of a namespace what the kubelet would. */
record FakePods(KubernetesClient client, String namespace) {
  /** The Job controller's mark on a pod that it has not counted yet. */
  private static final String TRACKING = "batch.kubernetes.io/job-tracking";

  /** Lets the program run. */
  Pod running(Pod pod) {
    return status(pod, "Running", FakeContainers.running());
  }

  /** Lets the pod wait with the kubelet's words. */
  void waiting(Pod pod, String reason, String message) {
    status(pod, "Pending", FakeContainers.waiting(reason, message));
  }

  /** The kubelet's word about a pod that it cannot start. */
  void troubled(Pod pod, String reason, String message) {
    new FakeEvents(client, namespace).warn(pod, reason, message);
  }

  /** The program ends with that message while a container that was put beside it runs on. */
  void endBesideASidecar(Pod pod, String message) {
    named(pod)
        .editStatus(
            p ->
                new PodBuilder(p)
                    .editStatus()
                    .withPhase("Running")
                    .withContainerStatuses(
                        FakeContainers.beside("istio-proxy", FakeContainers.running()),
                        FakeContainers.program(p, FakeContainers.ended(0, message)))
                    .endStatus()
                    .build());
  }

  /** Ends the program; its Job goes on, as one does that has tries left. */
  void exit(Pod pod, int exitCode, String message) {
    var state = FakeContainers.ended(exitCode, message);
    status(pod, exitCode == 0 ? "Succeeded" : "Failed", state);
  }

  /** Somebody deletes the pod, but its node does not answer: nobody says that it has gone. */
  void deleteOnALostNode(Pod pod) {
    tracked(pod).withGracePeriod(30).delete();
  }

  /** The pod with the Job controller's mark, which a deletion waits for. */
  PodResource tracked(Pod pod) {
    named(pod)
        .edit(
            p -> new PodBuilder(p).editMetadata().addToFinalizers(TRACKING).endMetadata().build());
    return named(pod);
  }

  /** What the garbage collector does to the pod of a Job that was deleted. */
  void remove(Pod pod) {
    client.resource(pod).withGracePeriod(0).delete();
  }

  private PodResource named(Pod pod) {
    return client.pods().inNamespace(namespace).withName(pod.getMetadata().getName());
  }

  private Pod status(Pod pod, String phase, ContainerState state) {
    return named(pod)
        .editStatus(
            p ->
                new PodBuilder(p)
                    .withStatus(
                        new PodStatusBuilder(p.getStatus())
                            .withPhase(phase)
                            .withPodIP("127.0.0.1")
                            .withContainerStatuses(FakeContainers.program(p, state))
                            .build())
                    .build());
  }
}
