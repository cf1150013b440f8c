package dev.keizoku.operator.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import org.junit.jupiter.api.Test;

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
}
