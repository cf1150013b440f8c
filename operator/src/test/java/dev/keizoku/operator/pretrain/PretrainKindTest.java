package dev.keizoku.operator.pretrain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.result.PlanResult;
import dev.keizoku.crd.v1alpha1.ContinualPretrain;
import dev.keizoku.crd.v1alpha1.status.ContinualPretrainStatus;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import dev.keizoku.operator.job.PodShape;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PretrainKindTest {
  private static final PretrainKind KIND = new PretrainKind();

  private static ContinualPretrain planned(String podTemplate) {
    var pretrain =
        Serialization.unmarshal(
            """
            metadata: {name: tuned}
            spec:
              data: [{corpusRef: {name: finance}}]
              learningRate: 0.0001
              parallelism: {devices: 4, deviceType: gpu}
              podTemplate: %s
            """
                .formatted(podTemplate),
            ContinualPretrain.class);
    var storage =
        "{\"storage\": {\"scratchBytes\": %d, \"basis\": \"\"}}".formatted((100L << 30) + 1);
    pretrain.setStatus(
        new ContinualPretrainStatus(
            RunStatus.EMPTY, Serialization.unmarshal(storage, PlanResult.class), null, null));
    return pretrain;
  }

  @Test
  void aPodAsksForTheDiskThatItsRunWasPlannedToFillAndIsNotEndedByMore() {
    var needed = KIND.devices(planned("{}"));
    assertThat(needed).containsEntry(PodShape.DISK, new Quantity("102465Mi"));
    var gets = PodShape.resources(null, needed);
    assertThat(gets.getRequests()).containsEntry(PodShape.DISK, new Quantity("102465Mi"));
    assertThat(gets.getLimits())
        .doesNotContainKey(PodShape.DISK)
        .containsEntry("nvidia.com/gpu", new Quantity("4"));
  }

  @Test
  void aVolumeNamedScratchAndWhatTheTemplateAsksForGoFirst() {
    assertThat(KIND.devices(planned("{volumes: [{name: scratch, emptyDir: {}}]}")))
        .containsOnlyKeys("nvidia.com/gpu");
    var needed = KIND.devices(planned("{}"));
    var asked =
        new ResourceRequirementsBuilder()
            .withRequests(Map.of(PodShape.DISK, new Quantity("5Gi")))
            .build();
    assertThat(PodShape.resources(asked, needed).getRequests())
        .containsEntry(PodShape.DISK, new Quantity("5Gi"));
    var limited =
        new ResourceRequirementsBuilder()
            .withLimits(Map.of(PodShape.DISK, new Quantity("5Gi")))
            .build();
    assertThat(PodShape.resources(limited, needed).getRequests()).doesNotContainKey(PodShape.DISK);
  }

  @Test
  void aRunThatWasNotPlannedAsksForDevicesAlone() {
    var pretrain = planned("{}");
    pretrain.setStatus(null);
    assertThat(KIND.devices(pretrain)).containsOnlyKeys("nvidia.com/gpu");
  }

  /** Whatever GPUs the pod template names are what the ranks run on; no others are added. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{limits: {nvidia.com/mig-3g.40gb: 1}} | 1",
        "{limits: {amd.com/gpu: 4}}            | 4",
        "{limits: {gpu.intel.com/i915: 1}}     | 1",
        "{claims: [{name: gpus}]}              |",
      })
  void gpusOfAnotherKindAreNotAskedForBeside(String resources, String count) {
    var pretrain = planned("{resources: %s}".formatted(resources));
    assertThat(KIND.devices(pretrain)).containsOnlyKeys(PodShape.DISK);
    var gets =
        PodShape.resources(pretrain.runPolicy().podTemplate().resources(), KIND.devices(pretrain));
    var limits = gets.getLimits() == null ? List.of() : List.copyOf(gets.getLimits().values());
    assertThat(limits).isEqualTo(count == null ? List.of() : List.of(new Quantity(count)));
  }

  /** None of them on purpose is a run on processors, and says so, whatever their maker. */
  @Test
  void noneOfThemIsARunOnProcessors() {
    var pretrain =
        Serialization.unmarshal(
            """
            metadata: {name: tuned}
            spec:
              data: [{corpusRef: {name: finance}}]
              learningRate: 0.0001
              parallelism: {devices: 4}
              podTemplate: {resources: {limits: {amd.com/gpu: 0}}}
            """,
            ContinualPretrain.class);
    assertThat(KIND.devices(pretrain)).isEmpty();
    assertThat(KIND.planArguments(pretrain)).contains("--device=cpu");
  }
}
