package dev.keizoku.operator.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.words.Language;
import dev.keizoku.crd.v1alpha1.BenchmarkEval;
import dev.keizoku.crd.v1alpha1.ContinualPretrain;
import dev.keizoku.crd.v1alpha1.FinCorpus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What of a spec may still change when its run has started. No operator runs. */
class StartedRunIT {
  private static KubernetesClient client;
  private static String namespace;

  @BeforeAll
  static void begin() {
    client = KubeApi.get().admin();
    namespace = KubeApi.get().newNamespace();
  }

  @Test
  void aStartedRunKeepsWhatDefinesIt() {
    var made =
        client
            .resource(Serialization.unmarshal(Manifests.PRETRAIN, ContinualPretrain.class))
            .inNamespace(namespace)
            .create();
    client
        .resource(made)
        .inNamespace(namespace)
        .edit(
            r -> {
              r.getMetadata().setLabels(Map.of("still", "editable"));
              return r;
            });
    var patch = PatchContext.of(PatchType.JSON_MERGE);
    var resource =
        client.resources(ContinualPretrain.class).inNamespace(namespace).withName("tuned");
    resource.patch(patch, "{\"spec\":{\"maxSteps\":50}}");
    resource
        .subresource("status")
        .patch(patch, "{\"status\":{\"startTime\":\"2026-01-01T00:00:00Z\"}}");
    assertThatThrownBy(() -> resource.patch(patch, "{\"spec\":{\"maxSteps\":60}}"))
        .hasMessageContaining("cannot change after the run has started");
    assertThatThrownBy(
            () ->
                resource.patch(
                    patch, "{\"spec\":{\"data\":[{\"corpusRef\":{\"name\":\"other\"}}]}}"))
        .hasMessageContaining("spec.data and spec.evaluation cannot change");
    assertThatThrownBy(
            () -> resource.patch(patch, "{\"spec\":{\"packing\":{\"crossDocuments\":true}}}"))
        .hasMessageContaining("spec.guards, packing and samplePrompts cannot change");
    assertThatThrownBy(() -> resource.patch(patch, "{\"spec\":{\"precision\":\"bf16\"}}"))
        .hasMessageContaining(
            "spec.precision, evaluationSteps, addBosToken and seed cannot change");
    resource.patch(patch, "{\"spec\":{\"suspend\":true,\"backoffLimit\":9}}");
    assertThat(resource.get().runPolicy().backoffLimit()).isEqualTo(9);
  }

  /** Versions lie where the first was written; those would stay when the resource is deleted. */
  @Test
  void aCorpusKeepsItsPlaceInTheStore() {
    var made = Serialization.unmarshal(Manifests.CORPUS, FinCorpus.class);
    client.resource(made).inNamespace(namespace).create();
    var patch = PatchContext.of(PatchType.JSON_MERGE);
    var resource = client.resources(FinCorpus.class).inNamespace(namespace).withName("finance");
    resource.patch(patch, "{\"spec\":{\"storage\":{\"prefix\":\"a\"}}}");
    resource
        .subresource("status")
        .patch(patch, "{\"status\":{\"startTime\":\"2026-01-01T00:00:00Z\"}}");
    assertThatThrownBy(() -> resource.patch(patch, "{\"spec\":{\"storage\":{\"prefix\":\"b\"}}}"))
        .hasMessageContaining("spec.storage cannot change after a run has started");
    resource.patch(patch, "{\"spec\":{\"filters\":{\"minCharacters\":7}}}");
  }

  /** Its page is written once, in one language. */
  @Test
  void anEvaluationKeepsItsLanguage() {
    var made = Serialization.unmarshal(Manifests.EVAL, BenchmarkEval.class);
    var name = client.resource(made).inNamespace(namespace).create().getMetadata().getName();
    var patch = PatchContext.of(PatchType.JSON_MERGE);
    var resource = client.resources(BenchmarkEval.class).inNamespace(namespace).withName(name);
    var language = "{\"spec\":{\"language\":\"%s\"}}";
    assertThat(resource.get().getSpec().recipe().presentation().language()).isEqualTo(Language.EN);
    assertThatThrownBy(() -> resource.patch(patch, language.formatted("fr")))
        .hasMessageContaining("spec.language: Unsupported value: \"fr\"");
    resource.patch(patch, language.formatted("ja"));
    resource
        .subresource("status")
        .patch(patch, "{\"status\":{\"startTime\":\"2026-01-01T00:00:00Z\"}}");
    assertThatThrownBy(() -> resource.patch(patch, language.formatted("en")))
        .hasMessageContaining("seed and language cannot change after the run has started");
    assertThat(resource.get().getSpec().recipe().presentation().language()).isEqualTo(Language.JA);
  }

  @Test
  void aRunThatStandsStillTakesOtherDevices() {
    var yaml = Manifests.PRETRAIN.replace("name: tuned", "name: moved");
    client
        .resource(Serialization.unmarshal(yaml, ContinualPretrain.class))
        .inNamespace(namespace)
        .create();
    var resource =
        client.resources(ContinualPretrain.class).inNamespace(namespace).withName("moved");
    var patch = PatchContext.of(PatchType.JSON_MERGE);
    var devices = "{\"spec\":{\"parallelism\":{\"devices\":%d},\"microBatchSize\":%d}}";
    status(resource, "Running");
    resource.patch(patch, "{\"spec\":{\"suspend\":true}}");
    assertThatThrownBy(() -> resource.patch(patch, devices.formatted(2, 4)))
        .hasMessageContaining("can change only while the run is suspended or has failed")
        .hasMessageContaining("set spec.suspend to true and wait for the phase Suspended");
    status(resource, "Suspended");
    resource.patch(patch, devices.formatted(2, 4));
    assertThatThrownBy(() -> resource.patch(patch, devices.formatted(3, 4)))
        .hasMessageContaining("multiple of microBatchSize x parallelism.devices");
    assertThatThrownBy(() -> resource.patch(patch, "{\"spec\":{\"globalBatchSize\":16}}"))
        .hasMessageContaining("globalBatchSize cannot change after the run has started");
    resource.patch(patch, "{\"spec\":{\"suspend\":false}}");
    // The operator may be about to begin the next attempt.
    assertThatThrownBy(() -> resource.patch(patch, devices.formatted(1, 4)))
        .hasMessageContaining("can change only while");
    status(resource, "Failed");
    resource.patch(patch, devices.formatted(1, 4));
    status(resource, "Succeeded");
    assertThatThrownBy(() -> resource.patch(patch, devices.formatted(4, 1)))
        .hasMessageContaining("can change only while");
  }

  private static void status(Resource<ContinualPretrain> resource, String phase) {
    resource
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"status\":{\"startTime\":\"2026-01-01T00:00:00Z\",\"phase\":\"%s\"}}"
                .formatted(phase));
  }
}
