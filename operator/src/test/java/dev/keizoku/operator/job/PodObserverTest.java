package dev.keizoku.operator.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pods as kubelets and others leave them. */
class PodObserverTest {
  private static Pod pod(String status) {
    return Serialization.unmarshal(
        """
        metadata: {name: p, uid: u, creationTimestamp: "2026-01-01T00:00:00Z"}
        spec: {nodeName: n, containers: []}
        status:
        %s"""
            .formatted(status.indent(2)),
        Pod.class);
  }

  @Test
  void theProgramIsFoundByItsNameBesideASidecar() {
    var seen =
        PodObserver.observe(
            pod(
                """
                phase: Running
                containerStatuses:
                - name: istio-proxy
                  state: {running: {startedAt: "2026-01-01T00:00:01Z"}}
                - name: program
                  state:
                    terminated:
                      exitCode: 0
                      message: '{"runUid":"uid","reason":"Completed"}'
                      startedAt: "2026-01-01T00:00:02Z"
                      finishedAt: "2026-01-01T00:00:09Z"
                """));
    assertThat(seen.end().exitCode()).isZero();
    assertThat(seen.end().report().reason()).isEqualTo("Completed");
    assertThat(seen.startedAt()).isEqualTo(Instant.parse("2026-01-01T00:00:02Z"));
    assertThat(seen.terminal()).isTrue();
    assertThat(seen.lingers()).isTrue();
  }

  /** The kubelet tells that the container has ended before it calls the pod ended. */
  @Test
  void aPodThatNobodyElseKeepsDoesNotLinger() {
    var seen =
        PodObserver.observe(
            pod(
                """
                phase: Running
                containerStatuses:
                - name: istio-proxy
                  state: {terminated: {exitCode: 0, finishedAt: "2026-01-01T00:00:08Z"}}
                - name: program
                  state:
                    terminated:
                      exitCode: 0
                      startedAt: "2026-01-01T00:00:02Z"
                      finishedAt: "2026-01-01T00:00:09Z"
                """));
    assertThat(seen.terminal()).isTrue();
    assertThat(seen.lingers()).isFalse();
  }

  @Test
  void aContainerThatNeverStartedRanNoTime() {
    var seen =
        PodObserver.observe(
            pod(
                """
                phase: Failed
                containerStatuses:
                - name: program
                  state:
                    terminated:
                      exitCode: 128
                      reason: StartError
                      startedAt: "1970-01-01T00:00:00Z"
                      finishedAt: "2026-01-01T00:00:02Z"
                """));
    assertThat(seen.startedAt()).isNull();
    assertThat(seen.end().at()).isEqualTo(Instant.parse("2026-01-01T00:00:02Z"));
    assertThat(seen.lingers()).isFalse();
  }

  @Test
  void anEvictionKeepsTheKubeletsWords() {
    var seen =
        PodObserver.observe(
            pod(
                """
                phase: Failed
                reason: Evicted
                message: Pod ephemeral local storage usage exceeds the total limit of containers.
                """));
    assertThat(seen.loss().reason()).isEqualTo("Evicted");
    assertThat(seen.loss().message()).contains("exceeds the total limit");
  }

  private static Pod ready(String why) {
    return pod(
        """
        phase: Running
        conditions:
        - {type: ContainersReady, status: "True"}
        - {type: Ready, status: "False"%s, lastTransitionTime: "2026-01-01T00:05:00Z"}
        containerStatuses:
        - {name: program, state: {running: {startedAt: "2026-01-01T00:00:02Z"}}}
        """
            .formatted(why));
  }

  @Test
  void aNodeThatStopsAnsweringIsSeenByTheReadinessThatTheClusterTakesBack() {
    var silent = PodObserver.observe(ready(""));
    assertThat(silent.loss())
        .isEqualTo(new ObservedPod.Loss("NodeSilent", "2026-01-01T00:05:00Z", null));
    assertThat(silent.running()).isTrue();
    // A mesh's own gate says why it is closed.
    assertThat(PodObserver.observe(ready(", reason: ReadinessGatesNotReady")).loss()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          keizoku/trainer:1,   keizoku/trainer:1, docker.io/keizoku/trainer@, keizoku/trainer@
          reg:5000/k/trainer,  reg:5000/k/trainer, reg:5000/k/trainer@, reg:5000/k/trainer@
          keizoku/trainer:1,   keizoku/trainer:1, docker-pullable://keizoku/trainer@, keizoku/trainer@
          keizoku/trainer:1,   mirror/keizoku/trainer:1, mirror/keizoku/trainer@, -
          keizoku/trainer:1,   keizoku/trainer:1, docker.io/library/import-2026@, -
          keizoku/trainer:1,   keizoku/trainer:1, -, -
          keizoku/trainer@x,   keizoku/trainer@x, docker.io/keizoku/trainer@, -
          """)
  void anImageIsPinnedByDigestWhenItWasPulledByTheNameThatWasAsked(
      String asked, String ran, String id, String pinned) {
    var digest = "sha256:" + "0f".repeat(32);
    var image = new ObservedPod.Image(ran, id == null ? null : id + digest);
    assertThat(image.byDigest(asked)).isEqualTo(pinned == null ? null : pinned + digest);
    assertThat(new ObservedPod.Image(ran, digest).byDigest(asked)).isNull();
  }
}
