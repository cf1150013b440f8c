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
import java.util.Map;
import org.junit.jupiter.api.Test;

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
}
