package dev.keizoku.operator.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.crd.v1alpha1.ContinualPretrain;
import dev.keizoku.crd.v1alpha1.status.Attempt;
import dev.keizoku.crd.v1alpha1.status.ContinualPretrainStatus;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import dev.keizoku.operator.settings.PodSettings;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The Job against its YAML: every field that reaches the cluster is one that was looked at. */
class JobTemplateTest {

  @Test
  void theJobIsAsWritten() throws IOException {
    var owner = Serialization.unmarshal(resource("pretrain.yaml"), ContinualPretrain.class);
    owner.setMetadata(
        new ObjectMetaBuilder(owner.getMetadata()).withNamespace("ns").withGeneration(3L).build());
    var status = Serialization.unmarshal("{\"runUid\": \"uid-1\"}", RunStatus.class);
    owner.setStatus(new ContinualPretrainStatus(status, null, null, null));
    var attempt = Attempt.ordered(2, "tuned-abcdef-2", null);
    var program =
        new JobTemplate.Program(
            "keizoku/trainer:1",
            "IfNotPresent",
            JobTemplate.run(owner.runPolicy().podTemplate()),
            owner.runPolicy().priorityClassName(),
            8080,
            "tuned-abcdef",
            new JobTemplate.Store("keizoku-storage", null, true),
            Map.of(),
            Map.of("nvidia.com/gpu", new Quantity("4")),
            Map.of(),
            PodSettings.DEFAULT);
    var job = JobTemplate.job(owner, owner.runPolicy(), attempt, program);
    assertThat(job).isEqualTo(Serialization.unmarshal(resource("job.yaml"), Job.class));
  }

  private static String resource(String name) throws IOException {
    try (var stream = JobTemplateTest.class.getResourceAsStream("/job/" + name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
