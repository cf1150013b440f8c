package dev.keizoku.operator.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keizoku.crd.v1alpha1.BenchmarkEval;
import dev.keizoku.crd.v1alpha1.ContinualPretrain;
import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.crd.v1alpha1.RunProfile;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The definitions take every example and refuse what is wrong, with a sentence. No operator runs.
 */
class DefinitionsIT {
  private static KubernetesClient client;
  private static String namespace;

  @BeforeAll
  static void begin() {
    client = KubeApi.get().admin();
    namespace = KubeApi.get().newNamespace();
  }

  static Stream<Path> examples() throws IOException {
    try (var files = Files.walk(Path.of("../examples"))) {
      return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList().stream();
    }
  }

  /** Strict: a field that the schema does not know is refused, not dropped. */
  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleIsTakenAndReadBack(Path file) throws IOException {
    var manifest = Serialization.unmarshal(Files.readString(file), GenericKubernetesResource.class);
    if (!manifest.getApiVersion().startsWith("keizoku.dev/")) {
      return;
    }
    var taken =
        client
            .resource(manifest)
            .inNamespace(namespace)
            .dryRun()
            .fieldValidation(FieldValidateable.Validation.STRICT)
            .create();
    var kind =
        Stream.of(FinCorpus.class, ContinualPretrain.class, BenchmarkEval.class, RunProfile.class)
            .filter(k -> k.getSimpleName().equals(manifest.getKind()))
            .findFirst()
            .orElseThrow();
    // The server has filled in the defaults; reading and writing must neither lose nor change any.
    var mapper = Serialization.jsonMapper();
    var spec = mapper.valueToTree(taken).get("spec");
    var readBack = mapper.valueToTree(mapper.convertValue(taken, kind)).get("spec");
    assertThat(leaves(readBack)).containsAllEntriesOf(leaves(spec));
  }

  private static Map<String, String> leaves(JsonNode tree) {
    var leaves = new TreeMap<String, String>();
    collect("", tree, leaves);
    return leaves;
  }

  private static void collect(String path, JsonNode node, Map<String, String> leaves) {
    if (node.isObject()) {
      node.properties().forEach(e -> collect(path + "." + e.getKey(), e.getValue(), leaves));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        collect(path + "[" + i + "]", node.get(i), leaves);
      }
    } else {
      // A quantity may be written as a number, and is read back as text.
      leaves.put(path, node.asText().replaceFirst("\\.0$", ""));
    }
  }

  static Stream<Arguments> wrong() {
    var pretrain = Manifests.PRETRAIN;
    var eval = Manifests.EVAL;
    return Stream.of(
        Arguments.of(
            pretrain.replace("0.0003", "2"), "spec.learningRate", "less than or equal to 1"),
        Arguments.of(
            pretrain.replace("globalBatchSize: 8", "globalBatchSize: 12"),
            "spec.globalBatchSize",
            "multiple of microBatchSize x parallelism.devices"),
        Arguments.of(
            pretrain.replace("  maxSteps: 100\n", ""), "spec", "set epochs, maxSteps or both"),
        Arguments.of(
            pretrain.replace("  baseModel:\n    uri: s3://keizoku/base/\n", ""),
            "spec",
            "exactly one of baseModel.uri, baseModel.continualPretrainRef and initialize"),
        Arguments.of(
            pretrain.replace(
                "uri: s3://keizoku/base/",
                "uri: s3://keizoku/base/\n    continualPretrainRef: {name: base}"),
            "spec.baseModel",
            "exactly one of uri and continualPretrainRef"),
        Arguments.of(
            pretrain.replace("precision: fp32", "precision: fp8"), "spec.precision", "\"bf16\""),
        Arguments.of(
            pretrain.replace("name: tuned", "name: " + "x".repeat(53)),
            "metadata.name",
            "at most 52 characters"),
        Arguments.of(
            pretrain.replace("devices: 4", "devices: 0"),
            "spec.parallelism.devices",
            "greater than or equal to 1"),
        Arguments.of(
            pretrain.replace(
                "learningRate: 0.0003", "learningRate: 0.0003\n  minLearningRate: 0.001"),
            "spec.minLearningRate",
            "must not be above learningRate"),
        Arguments.of(
            pretrain.replace(
                "spec:\n",
                "spec:\n  evaluationSteps: 10\n  guards: {forgetting: {heldOut: general}}\n"),
            "spec.guards.forgetting.heldOut",
            "name of a corpus of data or evaluation"),
        Arguments.of(
            pretrain.replace("spec:\n", "spec:\n  guards: {forgetting: {heldOut: finance}}\n"),
            "spec.evaluationSteps",
            "set evaluationSteps"),
        Arguments.of(
            pretrain.replace("spec:\n", "spec:\n  guards: {lossSpike: {threshold: 0}}\n"),
            "spec.guards.lossSpike.threshold",
            "greater than or equal to 1"),
        Arguments.of(
            pretrain.replace("spec:\n", "spec:\n  export: best\n"),
            "spec.evaluationSteps",
            "export: best chooses among the evaluations"),
        Arguments.of(
            pretrain.replace(
                "spec:\n",
                "spec:\n  export: best\n  evaluationSteps: 10\n  checkpoint: {keepBest: 0}\n"),
            "spec.checkpoint.keepBest",
            "set checkpoint.keepBest to 1 or more"),
        Arguments.of(
            pretrain.replace("spec:\n", "spec:\n  samplePrompts: {maxNewTokens: 2000}\n"),
            "spec.samplePrompts.maxNewTokens",
            "less than or equal to 1024"),
        Arguments.of(
            Manifests.CORPUS.replace("s3://keizoku/raw/", "ftp://keizoku/raw/"),
            "spec.sources[0].uri",
            "should match"),
        Arguments.of(
            Manifests.CORPUS.replace("    licence: CC0-1.0\n", ""),
            "spec.sources[0].licence",
            "Required value"),
        Arguments.of(
            Manifests.CORPUS.replace("spec:\n", "spec:\n  filters:\n    minJapaneseRatio: 1.5\n"),
            "spec.filters.minJapaneseRatio",
            "less than or equal to 1"),
        Arguments.of(
            Manifests.CORPUS.replace("spec:\n", "spec:\n  stallTimeoutSeconds: 1\n"),
            "spec.stallTimeoutSeconds",
            "greater than or equal to 10"),
        Arguments.of(
            eval.replace("- name: tuned", "- name: base"),
            "spec.candidates",
            "no candidate may have the base model's name"),
        Arguments.of(
            eval.replace("spec:\n", "spec:\n  tasks:\n  - name: ../jnli\n"),
            "spec.tasks[0].name",
            "should match"),
        Arguments.of(
            eval.replace(
                "spec:\n",
                "spec:\n  tasks: [{name: fp2, promptVersion: a, promptVersions: [b, c]}]\n"),
            "spec.tasks",
            "a task takes promptVersion or promptVersions, not both"),
        Arguments.of(
            eval.replace(
                "continualPretrainRef:\n      name: tuned",
                "uri: s3://b/t\n    api: {endpoint: \"https://api.example.com/v1\", model: a}"),
            "spec.candidates[0]",
            "exactly one of uri, continualPretrainRef and api"),
        Arguments.of(
            eval.replace(
                "spec:\n",
                "spec:\n  judge: {endpoint: \"https://k:v@api.example.com\", model: a, rubric: b}\n"),
            "spec.judge.endpoint",
            "should match"),
        Arguments.of(
            eval.replace(
                "spec:\n",
                "spec:\n  judge: {endpoint: \"https://api.example.com\", model: a, rubric: b,"
                    + " rubricUri: \"s3://b/rubric.txt\"}\n"),
            "spec.judge",
            "a judge has a rubric or a rubricUri, not both"),
        Arguments.of(
            eval.replace("spec:\n", "spec:\n  generation: {applyChatTemplate: true}\n"),
            "spec.generation",
            "generation.applyChatTemplate needs chat"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void whatIsWrongIsRefusedWithFieldAndRange(String yaml, String field, String words) {
    var manifest = Serialization.unmarshal(yaml, GenericKubernetesResource.class);
    assertThatThrownBy(() -> client.resource(manifest).inNamespace(namespace).dryRun().create())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining(field)
        .hasMessageContaining(words);
  }
}
