package dev.keizoku.operator.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GpusTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                                              |",
        "limits: {cpu: 4, memory: 8Gi}                                   |",
        "limits: {nvidia.com/gpu: 4}                                     | 4",
        "limits: {nvidia.com/gpu: 0}                                     | 0",
        "limits: {nvidia.com/gpu.shared: 2}                              | 2",
        "limits: {nvidia.com/mig-3g.40gb: 2, nvidia.com/mig-1g.5gb: 1}   | 3",
        "limits: {nvidia.com/mig-1g.10gb.me: 1}                          | 1",
        "limits: {amd.com/gpu: 8}                                        | 8",
        "limits: {amd.com/cpx_nps4: 1}                                   | 1",
        "limits: {gpu.intel.com/i915: 1}                                 | 1",
        "limits: {gpu.intel.com/xe: 2, gpu.intel.com/xe_monitoring: 9}   | 2",
        // How much of a card, and how a node is told from another, are no cards.
        "limits: {nvidia.com/gpumem: 30000, nvidia.com/gpucores: 50}     |",
        "claims: [{name: one}, {name: two}]                              | 2",
      })
  void whatCountsAsAGpu(String resources, Long held) {
    var gpus = Gpus.of(Serialization.unmarshal(resources, ResourceRequirements.class));
    assertThat(gpus.isPresent() ? gpus.getAsLong() : null).isEqualTo(held);
  }

  @Test
  void noResourcesNameNone() {
    assertThat(Gpus.of(null)).isEmpty();
  }
}
