package dev.keizoku.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import dev.keizoku.crd.v1alpha1.BenchmarkEval;
import dev.keizoku.crd.v1alpha1.ClusterRunProfile;
import dev.keizoku.crd.v1alpha1.ContinualPretrain;
import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.crd.v1alpha1.RunProfile;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Generates the custom resource definitions from the Java model and compares them with what the
 * chart carries; {@code make crds} runs it with {@code -Dcrds.write=true}, which writes them.
 */
class GeneratedCrdsTest {
  private static final Path CHART = Path.of("../charts/keizoku/crds");

  /** As controller-gen writes it; all that is an integer or a string here is a quantity. */
  private static final String QUANTITY =
      "^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]"
          + "|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$";

  @ParameterizedTest
  @ValueSource(
      classes = {
        FinCorpus.class,
        ContinualPretrain.class,
        BenchmarkEval.class,
        RunProfile.class,
        ClusterRunProfile.class
      })
  @Retention(RetentionPolicy.RUNTIME)
  private @interface OfEachKind {}

  @OfEachKind
  void chartCarriesTheGeneratedDefinition(
      Class<? extends CustomResource<?, ?>> kind, @TempDir Path dir) throws IOException {
    new CRDGenerator()
        .customResourceClasses(kind)
        .inOutputDir(dir.toFile())
        .withPostProcessor(asKubectlShouldSeeIt(kind))
        .withMinQuotes(true)
        .generate();
    var name = HasMetadata.getFullResourceName(kind) + "-v1.yml";
    var generated = Files.readString(dir.resolve(name));

    var committed = CHART.resolve(HasMetadata.getFullResourceName(kind) + ".yaml");
    if (Boolean.getBoolean("crds.write")) {
      Files.createDirectories(CHART);
      Files.writeString(committed, generated);
    }
    assertThat(committed).as("run `make crds` and commit the result").hasContent(generated);
  }

  /** The API server would fill it in, and Argo CD would show it as drift for ever. */
  @OfEachKind
  void noItemOfAListHasADefault(Class<? extends CustomResource<?, ?>> kind) throws IOException {
    var crd =
        Serialization.unmarshal(
            Files.readString(CHART.resolve(HasMetadata.getFullResourceName(kind) + ".yaml")),
            CustomResourceDefinition.class);
    var spec =
        crd.getSpec()
            .getVersions()
            .getFirst()
            .getSchema()
            .getOpenAPIV3Schema()
            .getProperties()
            .get("spec");
    assertThat(defaultsInItems("spec", spec, false)).isEmpty();
  }

  private static List<String> defaultsInItems(String path, JSONSchemaProps schema, boolean inItem) {
    var found = new ArrayList<String>();
    if (inItem && schema.getDefault() != null) {
      found.add(path);
    }
    if (schema.getProperties() != null) {
      schema
          .getProperties()
          .forEach(
              (name, inner) -> found.addAll(defaultsInItems(path + "." + name, inner, inItem)));
    }
    if (schema.getItems() != null) {
      found.addAll(defaultsInItems(path + "[]", schema.getItems().getSchema(), true));
    }
    return found;
  }

  /**
   * The generator sorts columns by path, where kubectl should print them as they are declared; and
   * it knows neither {@code @JsonUnwrapped}, by which kinds and run files share records, nor what a
   * kind says of itself.
   */
  private static CRDPostProcessor asKubectlShouldSeeIt(Class<?> kind) {
    return new CRDPostProcessor() {
      @Override
      public HasMetadata process(HasMetadata crd, String crdSpecVersion) {
        for (var version : ((CustomResourceDefinition) crd).getSpec().getVersions()) {
          version.setAdditionalPrinterColumns(columns(kind));
          var root = version.getSchema().getOpenAPIV3Schema();
          root.setDescription(kind.getAnnotation(JsonClassDescription.class).value());
          flatten(root.getProperties().get("spec"), argument(kind.getGenericSuperclass(), 0));
          flatten(root.getProperties().get("status"), argument(kind.getGenericSuperclass(), 1));
          sayDefaults(root);
          limitQuantities(root);
        }
        return crd;
      }
    };
  }

  /** What Java holds in a record of its own lies among its neighbours in the YAML. */
  private static void flatten(JSONSchemaProps schema, Class<?> type) {
    if (schema == null) {
      // A kind without a status.
      return;
    }
    for (var field : type.getDeclaredFields()) {
      var inner =
          schema.getProperties() == null ? null : schema.getProperties().get(field.getName());
      if (inner == null) {
        continue;
      }
      var item = inner.getItems() == null ? inner : inner.getItems().getSchema();
      var itemType =
          inner.getItems() == null ? field.getType() : argument(field.getGenericType(), 0);
      if (itemType.getName().startsWith("dev.keizoku.")) {
        flatten(item, itemType);
      }
      if (field.isAnnotationPresent(JsonUnwrapped.class)) {
        merge(schema, field.getName());
      }
    }
  }

  private static void merge(JSONSchemaProps parent, String name) {
    var inner = parent.getProperties().remove(name);
    var properties = new TreeMap<>(parent.getProperties());
    properties.putAll(inner.getProperties());
    parent.setProperties(properties);
    parent.getRequired().addAll(inner.getRequired());
    parent.getXKubernetesValidations().addAll(inner.getXKubernetesValidations());
  }

  /** kubectl explain shows descriptions, and no defaults. */
  private static void sayDefaults(JSONSchemaProps schema) {
    var value = schema.getDefault();
    if (value != null && value.isValueNode() && !schema.getDescription().contains("Default:")) {
      schema.setDescription(schema.getDescription() + " Default: " + plain(value) + ".");
    }
    if (schema.getProperties() != null) {
      schema.getProperties().values().forEach(GeneratedCrdsTest::sayDefaults);
    }
    if (schema.getItems() != null) {
      sayDefaults(schema.getItems().getSchema());
    }
  }

  /** Kubernetes' own limit of a quantity, which the generator leaves out. */
  private static void limitQuantities(JSONSchemaProps schema) {
    if (Boolean.TRUE.equals(schema.getXKubernetesIntOrString())) {
      schema.setPattern(QUANTITY);
    }
    if (schema.getProperties() != null) {
      schema.getProperties().values().forEach(GeneratedCrdsTest::limitQuantities);
    }
    if (schema.getItems() != null && schema.getItems().getSchema() != null) {
      limitQuantities(schema.getItems().getSchema());
    }
    if (schema.getAdditionalProperties() != null
        && schema.getAdditionalProperties().getSchema() != null) {
      limitQuantities(schema.getAdditionalProperties().getSchema());
    }
  }

  private static String plain(JsonNode value) {
    if (!value.isNumber()) {
      return value.asText();
    }
    var number = value.decimalValue().stripTrailingZeros();
    return number.scale() <= 6
        ? number.toPlainString()
        : number.toString().toLowerCase(Locale.ROOT);
  }

  private static Class<?> argument(Type generic, int index) {
    var type = ((ParameterizedType) generic).getActualTypeArguments()[index];
    return type instanceof Class<?> argument ? argument : Object.class;
  }

  private static List<CustomResourceColumnDefinition> columns(Class<?> kind) {
    return Arrays.stream(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
        .map(
            column ->
                new CustomResourceColumnDefinitionBuilder()
                    .withName(column.name())
                    .withJsonPath(column.jsonPath())
                    .withType(column.type().name().toLowerCase(Locale.ROOT))
                    .withPriority(column.priority() == 0 ? null : column.priority())
                    .build())
        .toList();
  }
}
