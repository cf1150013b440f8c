package dev.keizoku.operator.referred;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.crd.v1alpha1.FinCorpus;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

/** A hundred readers are not woken by what is nothing to them. */
class TellsReadersTest {
  private static FinCorpus corpus(String status) {
    return Serialization.unmarshal(
        """
        apiVersion: keizoku.dev/v1alpha1
        kind: FinCorpus
        metadata: {name: finance, uid: u, generation: 1}
        spec: {}
        status: {observedGeneration: 1, %s}
        """
            .formatted(status),
        FinCorpus.class);
  }

  private static boolean wakes(String before, String now) {
    return TellsReaders.of(corpus(now), corpus(before));
  }

  @Test
  void progressWakesNobody() {
    var running = "phase: Running, progress: {stage: tokenize, step: %d}, message: m%d";
    assertThat(wakes(running.formatted(1, 1), running.formatted(2, 2))).isFalse();
  }

  @Test
  void theEndAndEachNeedForHelpDoes() {
    var running = "phase: Running";
    var stalled =
        "phase: Running, conditions: [{type: Stalled, status: 'True', reason: R, message: %s}]";
    assertThat(wakes(running, "phase: Succeeded")).isTrue();
    assertThat(wakes(running, stalled.formatted("why"))).isTrue();
    assertThat(wakes(stalled.formatted("why"), stalled.formatted("other"))).isTrue();
    assertThat(wakes(running, running + ", artifact: {uri: 's3://b/m', sha256: ab}")).isTrue();
  }
}
