package dev.keizoku.operator.kubeapi;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the chart's {@code platformPolicies} forbid, by a real API server. */
class PlatformPolicyIT {
  private static final String[] VALUES = {
    "platformPolicies[0].name=research",
    "platformPolicies[0].images={registry.example.com/keizoku}",
    "platformPolicies[0].baseModels={s3://models,hf://Qwen}",
    "platformPolicies[0].buckets={models,research}",
    "platformPolicies[0].addresses={s3://,hf://Qwen,https://www.fsa.go.jp}",
    "platformPolicies[0].profiles={research-gpu}",
    "platformPolicies[0].endpoints={https://s3.example.com}",
    "platformPolicies[0].modelEndpoints={https://api.example.com/v1}",
    "platformPolicies[0].queues={research}",
    "platformPolicies[0].serviceAccounts={default}",
    "platformPolicies[0].maxGpus=8",
    "platformPolicies[0].maxGpuHours=500"
  };

  private static final String CORPUS =
      """
      kind: FinCorpus
      spec:
        profileRef: {name: research-gpu}
        queueName: research
        sources: [{name: notices, uri: "s3://research/raw/", licence: CC0-1.0}]
        tokenizer: {uri: "hf://Qwen/Qwen3-14B@main"}
      """;

  private static final String PRETRAIN =
      """
      kind: ContinualPretrain
      spec:
        profileRef: {name: research-gpu}
        queueName: research
        image: registry.example.com/keizoku/trainer:1
        budget: {gpuHours: 500}
        baseModel: {uri: "s3://models/qwen3/"}
        data: [{corpusRef: {name: finance}}]
        sequenceLength: 128
        maxSteps: 100
        globalBatchSize: 64
        microBatchSize: 2
        learningRate: 0.0003
        parallelism: {devices: 8}
        storage: {bucket: research, endpoint: "https://s3.example.com"}
        podTemplate: {serviceAccountName: default, resources: {limits: {nvidia.com/gpu: 8}}}
      """;

  private static final String EVAL =
      """
      kind: BenchmarkEval
      spec:
        profileRef: {name: research-gpu}
        queueName: research
        base: {uri: "hf://Qwen/Qwen3-14B@main"}
        candidates: [{name: tuned, continualPretrainRef: {name: tuned}}]
      """;

  @RegisterExtension private final Scene scene = new Scene();

  private GenericKubernetesResource old;

  /** With one that is there before the policy, and breaks it. */
  @BeforeEach
  void install() throws Exception {
    HelmChart.assumeHelm();
    scene.stopOperator();
    old = resource(CORPUS.replace("s3://research", "s3://elsewhere"), "old");
    scene.client.resource(old).create();
    Policy.install(HelmChart.rendered("keizoku-system", VALUES), scene.namespace);
    Policy.awaitRefusal(resource(CORPUS.replace("  queueName: research\n", ""), "probe"));
  }

  private GenericKubernetesResource resource(String yaml, String name) {
    var text = "apiVersion: keizoku.dev/v1alpha1\nmetadata: {name: %s}\n".formatted(name) + yaml;
    var resource = Serialization.unmarshal(text, GenericKubernetesResource.class);
    resource.getMetadata().setNamespace(scene.namespace);
    return resource;
  }

  private void isTaken(String yaml) {
    assertThatCode(() -> scene.client.resource(resource(yaml, "tried")).dryRun().create())
        .as(yaml)
        .doesNotThrowAnyException();
  }

  private void isRefused(String yaml, String before, String after, String words) {
    assertThatThrownBy(
            () ->
                scene
                    .client
                    .resource(resource(yaml.replace(before, after), "tried"))
                    .dryRun()
                    .create())
        .as(after)
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining(words);
  }

  @Test
  void whatIsForbiddenIsSaidWithWhatIsAllowed() {
    isTaken(CORPUS);
    isTaken(PRETRAIN);
    isTaken(EVAL);
    isTaken(PRETRAIN.replace("  image: registry.example.com/keizoku/trainer:1\n", ""));
    isTaken(PRETRAIN.replace("nvidia.com/gpu: 8", "memory: 512Gi"));
    isTaken(PRETRAIN.replace("nvidia.com/gpu: 8", "nvidia.com/gpu: 8, nvidia.com/gpumem: 30000"));
    isTaken(PRETRAIN.replace("nvidia.com/gpu: 8", "amd.com/gpu: 8, cpu: 500m"));

    isRefused(
        PRETRAIN,
        "registry.example.com/keizoku/",
        "registry.example.com/keizoku-evil/",
        "spec.image: here only images of registry.example.com/keizoku are taken; leave it out");
    isRefused(
        PRETRAIN,
        "s3://models/qwen3/",
        "s3://research/qwen3/",
        "baseModel.uri, base.uri and candidates[].uri: here only models of s3://models, hf://Qwen");
    isRefused(EVAL, "hf://Qwen/", "hf://Qwen-evil/", "here only models of s3://models");
    isRefused(
        EVAL, "continualPretrainRef: {name: tuned}", "uri: \"s3://research/x\"", "only models of");
    isRefused(CORPUS, "s3://research", "s3://elsewhere", "here only the buckets models, research");
    isRefused(PRETRAIN, "bucket: research", "bucket: elsewhere", "here only the buckets");
    for (var field : List.of("deduplication: {against: [%s]}", "removals: {uri: %s}")) {
      var of = "spec:\n  " + field + "\n";
      isTaken(CORPUS.replace("spec:\n", of.formatted("\"s3://research/x\"")));
      isRefused(CORPUS, "spec:\n", of.formatted("\"s3://elsewhere/x\""), "here only the buckets");
    }
    isTaken(CORPUS.replace("s3://research/raw/", "https://www.fsa.go.jp/news.html"));
    for (var elsewhere : List.of("https://www.fsa.go.jp@evil.com/x", "hf://datasets/x/y")) {
      isRefused(CORPUS, "s3://research/raw/", elsewhere, "here only addresses of s3:");
    }
    for (var other : List.of("other", "research-gpu, kind: RunProfile")) {
      isRefused(CORPUS, "name: research-gpu", "name: " + other, "set one of research-gpu");
    }
    isRefused(PRETRAIN, "//s3.example.com", "//s3.evil.com", "storage.endpoint: here only");
    var judge = "spec:\n  judge: {endpoint: \"%s\", model: a, rubric: b}\n";
    isTaken(EVAL.replace("spec:\n", judge.formatted("https://api.example.com/v1/")));
    for (var other : List.of("https://api.example.com/v2", "https://api.example.com.evil.com/v1")) {
      isRefused(EVAL, "spec:\n", judge.formatted(other), "here only models behind");
      var api = "api: {endpoint: \"%s\", model: a}".formatted(other);
      isRefused(EVAL, "continualPretrainRef: {name: tuned}", api, "candidates[].api.endpoint");
    }
    isRefused(CORPUS, "queueName: research", "queueName: other", "set one of research");
    isRefused(PRETRAIN, "Name: default", "Name: admin", "podTemplate.serviceAccountName: here");
    isRefused(PRETRAIN, "devices: 8", "devices: 16", "a run may hold at most 8 GPUs");
    isRefused(PRETRAIN, "gpu: 8", "gpu: 16", "a run may hold at most 8 GPUs");
    isRefused(PRETRAIN, "nvidia.com/gpu: 8", "amd.com/cpx_nps4: 16", "may hold at most 8 GPUs");
    isRefused(
        PRETRAIN,
        "nvidia.com/gpu: 8",
        "nvidia.com/mig-3g.40gb: 5, nvidia.com/mig-1g.5gb: 4",
        "may hold at most 8 GPUs");
    isRefused(
        PRETRAIN,
        "limits: {nvidia.com/gpu: 8}",
        "limits: {nvidia.com/gpu: 8}, claims: [{name: one}]",
        "may hold at most 8 GPUs");
    isRefused(PRETRAIN, "gpuHours: 500", "gpuHours: 500.5", "says what it may cost, and at most");
    isRefused(PRETRAIN, "  budget: {gpuHours: 500}\n", "", "spec.budget.gpuHours: here");
  }

  @Test
  void whatWasThereBeforeIsStillHeldAndLetGo() {
    patch("{\"metadata\":{\"annotations\":{\"keizoku.dev/suspend\":\"true\"}}}");
    patch("{\"metadata\":{\"finalizers\":[\"fincorpora.keizoku.dev/finalizer\"]}}");
    patch("{\"metadata\":{\"finalizers\":null}}");
    assertThatThrownBy(() -> patch("{\"spec\":{\"backoffLimit\":9}}"))
        .hasMessageContaining("here only the buckets models, research");
  }

  private void patch(String json) {
    scene.client.resource(old).patch(PatchContext.of(PatchType.JSON_MERGE), json);
  }
}
