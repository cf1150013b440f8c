package dev.keizoku.operator.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.keizoku.contract.corpus.CorpusRun;
import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.program.RunFile;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every number and every word of the three kinds, found in the schema of the chart: the API server
 * and the program, which reads it in a run file, take and refuse the same, and say the same of it.
 */
class SettingLimitsIT {
  private static final ObjectMapper YAML = new YAMLMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** What no program is told: how a run is run, and config.json in the cluster's words. */
  private static final Set<String> CLUSTER_ONLY =
      Set.of(
          "suspend",
          "queueName",
          "priorityClassName",
          "activeDeadlineSeconds",
          "stallTimeoutSeconds",
          "backoffLimit",
          "budget",
          "ttlSecondsAfterFinished",
          "storage",
          "podTemplate",
          "image",
          "retention");

  /** A run file names any family that the trainer knows, by its config.json. */
  private static final String FAMILY = "modelType";

  /** A start from nothing, in place of the base model. */
  private static final String INITIALIZE =
      """
      config: {hiddenSize: 64, intermediateSize: 64, numHiddenLayers: 2, numAttentionHeads: 4}
      tokenizer: {uri: "s3://b/tokenizer/"}
      """;

  private static final Pattern LIMIT = Pattern.compile("should be (?:less|greater) than.*?[0-9.]+");

  @TempDir Path folder;

  private static KubernetesClient client;
  private static String namespace;

  /** A kind, a spec that is taken, and how many settings it shares with its run file at least. */
  enum Kind {
    FIN_CORPUS(
        "fincorpora",
        CorpusRun.class,
        12,
        """
        sources: [{name: notices, uri: "s3://b/raw/", licence: CC0-1.0}]
        tokenizer: {uri: "s3://b/tokenizer/"}
        """),
    CONTINUAL_PRETRAIN(
        "continualpretrains",
        TrainRun.class,
        45,
        """
        baseModel: {uri: "s3://b/base/"}
        data: [{corpusRef: {name: finance}}]
        maxSteps: 100
        learningRate: 0.0003
        evaluationSteps: 10
        guards: {forgetting: {heldOut: finance}}
        """),
    BENCHMARK_EVAL(
        "benchmarkevals",
        EvalRun.class,
        20,
        """
        base: {name: base, uri: "s3://b/base/"}
        candidates: [{name: hosted, api: {endpoint: "https://api.example.com/v1", model: a}}]
        tasks: [{name: fp2}]
        generation: {prompts: [a]}
        judge: {endpoint: "https://api.example.com/v1", model: a, rubric: b}
        gate: {minDelta: 0}
        """);

    private final String plural;
    private final Class<? extends Record> run;
    private final int settings;
    private final String spec;

    Kind(String plural, Class<? extends Record> run, int settings, String spec) {
      this.plural = plural;
      this.run = run;
      this.settings = settings;
      this.spec = spec;
    }
  }

  /** A field and its schema. */
  private record Leaf(List<String> path, JsonNode schema) {}

  @BeforeAll
  static void begin() {
    client = KubeApi.get().admin();
    namespace = KubeApi.get().newNamespace();
  }

  @ParameterizedTest
  @EnumSource
  void theApiServerAndTheProgramJudgeAlike(Kind kind) throws IOException {
    var leaves = new ArrayList<Leaf>();
    walk(schema(kind), List.of(), leaves);
    assertThat(leaves).hasSizeGreaterThanOrEqualTo(kind.settings);
    assertThat(refusal(kind, spec(kind))).as("the spec that is changed").isEmpty();
    for (var leaf : leaves) {
      for (var value : values(leaf.schema)) {
        var spec = spec(kind);
        if (leaf.path.getFirst().equals("initialize")) {
          spec.remove("baseModel");
          spec.set("initialize", YAML.readTree(INITIALIZE));
        }
        put(spec, leaf.path, value);
        judge(kind, spec, String.join(".", leaf.path) + " = " + value);
      }
    }
  }

  private void judge(Kind kind, ObjectNode spec, String what) throws IOException {
    var server = refusal(kind, spec);
    var program = faultOf(kind, spec);
    assertThat(program.isPresent())
        .as("%s%nAPI server: %s%nprogram: %s", what, server, program)
        .isEqualTo(server.isPresent());
    server
        .map(LIMIT::matcher)
        .filter(Matcher::find)
        .ifPresent(limit -> assertThat(program.orElseThrow()).as(what).contains(limit.group()));
  }

  private static Optional<String> refusal(Kind kind, ObjectNode spec) {
    var name = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    var resource = new GenericKubernetesResource();
    resource.setApiVersion("keizoku.dev/v1alpha1");
    resource.setKind(crd(kind).at("/spec/names/kind").asText());
    resource.setMetadata(new ObjectMetaBuilder().withName(name).build());
    resource.setAdditionalProperty("spec", spec);
    try {
      client.resource(resource).inNamespace(namespace).dryRun().create();
      return Optional.empty();
    } catch (KubernetesClientException e) {
      assertThat(e.getCode()).as(e.getMessage()).isEqualTo(422);
      return Optional.of(e.getMessage());
    }
  }

  private Optional<String> faultOf(Kind kind, ObjectNode spec) throws IOException {
    var file = folder.resolve("run.yaml");
    YAML.writeValue(file.toFile(), runFile(spec));
    try {
      RunFile.read(file, kind.run);
      return Optional.empty();
    } catch (RunFault fault) {
      assertThat(fault.reason()).isEqualTo(Reason.RUN_FILE_INVALID);
      return Optional.of(fault.getMessage());
    }
  }

  /** References become URIs, as the operator resolves them. */
  private static ObjectNode runFile(ObjectNode spec) {
    var file = spec.deepCopy();
    file.put("output", "s3://b/out");
    if (file.path("tokenizer").isObject()) {
      file.put("tokenizer", file.at("/tokenizer/uri").asText());
    }
    if (file.path("initialize").isObject()) {
      var start = (ObjectNode) file.path("initialize");
      start.set("config", snakeCase(start.path("config")));
      start.put("tokenizer", start.at("/tokenizer/uri").asText());
    }
    for (var data : file.path("data")) {
      ((ObjectNode) data).put("name", data.at("/corpusRef/name").asText()).put("uri", "s3://b/c");
      ((ObjectNode) data).remove("corpusRef");
    }
    return file;
  }

  /** As config.json names them. */
  private static ObjectNode snakeCase(JsonNode config) {
    var words = NODES.objectNode();
    config
        .properties()
        .forEach(
            field ->
                words.set(
                    PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(field.getKey()),
                    field.getValue()));
    return words;
  }

  private static List<JsonNode> values(JsonNode schema) {
    var values = new ArrayList<JsonNode>();
    for (var word : schema.path("enum")) {
      values.add(word);
    }
    if (!values.isEmpty()) {
      values.add(NODES.textNode("nonsense"));
      return values;
    }
    boolean whole = schema.path("type").asText().equals("integer");
    var step = whole ? BigDecimal.ONE : new BigDecimal("0.0001");
    for (var limit : List.of("minimum", "maximum")) {
      if (schema.has(limit)) {
        var at = schema.get(limit).decimalValue();
        for (var value : List.of(at.subtract(step), at, at.add(step))) {
          values.add(whole ? NODES.numberNode(value.longValueExact()) : NODES.numberNode(value));
        }
      }
    }
    return values;
  }

  private static void walk(JsonNode schema, List<String> path, List<Leaf> leaves) {
    for (var property : schema.path("properties").properties()) {
      if (path.isEmpty() && CLUSTER_ONLY.contains(property.getKey())) {
        continue;
      }
      var at = new ArrayList<>(path);
      at.add(property.getKey());
      var inner = property.getValue();
      if (inner.path("type").asText().equals("array")) {
        at.add("0");
        inner = inner.path("items");
      }
      var type = inner.path("type").asText();
      if (property.getKey().equals(FAMILY)) {
        continue;
      }
      if (inner.has("enum") || type.equals("integer") || type.equals("number")) {
        leaves.add(new Leaf(List.copyOf(at), inner));
      }
      walk(inner, at, leaves);
    }
  }

  private static void put(ObjectNode spec, List<String> path, JsonNode value) {
    JsonNode at = spec;
    for (var name : path.subList(0, path.size() - 1)) {
      at = at.isArray() ? at.get(Integer.parseInt(name)) : below((ObjectNode) at, name);
    }
    ((ObjectNode) at).set(path.getLast(), value);
  }

  private static JsonNode below(ObjectNode node, String name) {
    return node.has(name) ? node.get(name) : node.putObject(name);
  }

  private static ObjectNode spec(Kind kind) throws IOException {
    return (ObjectNode) YAML.readTree(kind.spec);
  }

  private static JsonNode schema(Kind kind) {
    return crd(kind).at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
  }

  private static JsonNode crd(Kind kind) {
    try {
      var file = Path.of("../charts/keizoku/crds", kind.plural + ".keizoku.dev.yaml");
      return YAML.readTree(file.toFile());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
