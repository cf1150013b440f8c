package dev.keizoku.operator.kubeapi;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What a kubelet says of containers. */
public final class FakeContainers {
  /** Of every image here, as if it had been pulled. */
  static final String DIGEST = "sha256:" + "ab".repeat(32);

  private FakeContainers() {}

  /** The program's container. */
  public static ContainerStatus program(Pod pod, ContainerState state) {
    var image = pod.getSpec().getContainers().getFirst().getImage();
    var repository = image.replaceFirst("[@:][^/]*$", "");
    return status("program", image, "docker.io/" + repository + "@" + DIGEST, state);
  }

  /** Another container of the pod. */
  static ContainerStatus beside(String name, ContainerState state) {
    return status(name, name, "sha256:" + "cd".repeat(32), state);
  }

  private static ContainerStatus status(
      String name, String image, String id, ContainerState state) {
    return new ContainerStatusBuilder()
        .withName(name)
        .withImage(image)
        .withImageID(id)
        .withReady(state.getRunning() != null)
        .withRestartCount(0)
        .withState(state)
        .build();
  }

  public static ContainerState running() {
    return new ContainerStateBuilder().withNewRunning().withStartedAt(now()).endRunning().build();
  }

  static ContainerState waiting(String reason, String message) {
    return new ContainerStateBuilder()
        .withNewWaiting()
        .withReason(reason)
        .withMessage(message)
        .endWaiting()
        .build();
  }

  public static ContainerState ended(int exitCode, String message) {
    var at = now();
    return new ContainerStateBuilder()
        .withNewTerminated()
        .withExitCode(exitCode)
        .withReason(exitCode == 0 ? "Completed" : "Error")
        .withMessage(message)
        .withStartedAt(at)
        .withFinishedAt(at)
        .endTerminated()
        .build();
  }

  /** The time as Kubernetes tells it. */
  static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
