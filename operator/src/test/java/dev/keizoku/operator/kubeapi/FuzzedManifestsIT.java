package dev.keizoku.operator.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.keizoku.crd.v1alpha1.BenchmarkEval;
import dev.keizoku.crd.v1alpha1.ContinualPretrain;
import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.crd.v1alpha1.status.Condition;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever a user applies is refused with a sentence or gets a status that says where it stands.
 * {@code -Dfuzz.manifests} says how many there are of each kind ({@code make chaos}: thousands).
 */
class FuzzedManifestsIT {
  private static final int COUNT = Integer.getInteger("fuzz.manifests", 100);
  private static final int AT_ONCE = 250;
  private static final long SEED = Long.getLong("fuzz.seed", 12L);
  private static final YAMLMapper YAML = new YAMLMapper();

  @RegisterExtension private final Scene scene = new Scene();

  enum Kind {
    CORPUS("fincorpora", Manifests.CORPUS, FinCorpus.class),
    PRETRAIN("continualpretrains", Manifests.PRETRAIN, ContinualPretrain.class),
    EVAL("benchmarkevals", Manifests.EVAL, BenchmarkEval.class);

    private final String plural;
    private final String manifest;
    private final Class<? extends CustomResource<?, ?>> type;

    Kind(String plural, String manifest, Class<? extends CustomResource<?, ?>> type) {
      this.plural = plural;
      this.manifest = manifest;
      this.type = type;
    }

    private JsonNode specSchema() throws IOException {
      var file = Path.of("../charts/keizoku/crds/" + plural + ".keizoku.dev.yaml");
      return YAML.readTree(Files.readString(file))
          .at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
    }
  }

  @ParameterizedTest
  @EnumSource
  void isRefusedWithASentenceOrToldWhereItStands(Kind kind) throws IOException {
    var chance = new Random(SEED);
    var schema = kind.specSchema();
    int taken = 0;
    int refused = 0;
    for (int done = 0; done < COUNT; done += AT_ONCE) {
      var names = new ArrayList<String>();
      for (int i = done; i < Math.min(COUNT, done + AT_ONCE); i++) {
        var manifest = manifest(kind, "fuzz-" + i, schema, chance);
        if (apply(manifest)) {
          names.add("fuzz-" + i);
        } else {
          refused++;
        }
      }
      taken += names.size();
      assertEachStands(kind, names);
      scene.client.resources(kind.type).inNamespace(scene.namespace).delete();
    }
    // Neither all nothing nor all of it would say much.
    assertThat(taken).as("%d refused", refused).isGreaterThan(COUNT / 10);
    assertThat(refused).as("%d taken", taken).isGreaterThan(COUNT / 10);
  }

  private static String manifest(Kind kind, String name, JsonNode schema, Random chance)
      throws IOException {
    var manifest = (ObjectNode) YAML.readTree(kind.manifest);
    ((ObjectNode) manifest.get("metadata")).put("name", name);
    var mutation = new SpecMutation(chance);
    for (int changes = 1 + chance.nextInt(3); changes > 0; changes--) {
      mutation.change((ObjectNode) manifest.get("spec"), schema);
    }
    return YAML.writeValueAsString(manifest);
  }

  /** As it stands, not as our own classes would write it. */
  private boolean apply(String manifest) {
    var resource = Serialization.unmarshal(manifest, GenericKubernetesResource.class);
    try {
      scene.client.resource(resource).inNamespace(scene.namespace).create();
      return true;
    } catch (KubernetesClientException e) {
      assertThat(e.getCode()).as(manifest).isIn(400, 422);
      assertThat(e.getMessage()).as(manifest).contains("spec");
      return false;
    }
  }

  private void assertEachStands(Kind kind, List<String> names) {
    for (var name : names) {
      Awaitility.await(name)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> status(kind, name) != null);
      var resource = (RunResource) scene.get(kind.type, name);
      var ready = resource.runStatus().condition("Ready");
      assertThat(ready).as(name).isPresent();
      assertThat(ready.map(Condition::message).orElse("")).as(name).isNotBlank();
      assertThat(ready.map(Condition::reason))
          .as("%s: %s", name, Serialization.asYaml(resource))
          .hasValueSatisfying(reason -> assertThat(reason).isNotEqualTo("ReconcileFailed"));
    }
  }

  private Object status(Kind kind, String name) {
    return ((RunResource) scene.get(kind.type, name)).runStatus().phase();
  }
}
