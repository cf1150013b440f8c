package dev.keizoku.crd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.crd.v1alpha1.BenchmarkEval;
import dev.keizoku.crd.v1alpha1.ContinualPretrain;
import dev.keizoku.crd.v1alpha1.FinCorpus;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  @ParameterizedTest
  @ValueSource(classes = {FinCorpus.class, ContinualPretrain.class, BenchmarkEval.class})
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

  /**
   * The generator sorts columns by path, where kubectl should print them as they are declared; and
   * it does not know {@code @JsonUnwrapped}, by which the kinds share {@code RunPolicy} and {@code
   * RunStatus}.
   */
  private static CRDPostProcessor asKubectlShouldSeeIt(Class<?> kind) {
    return new CRDPostProcessor() {
      @Override
      public HasMetadata process(HasMetadata crd, String crdSpecVersion) {
        for (var version : ((CustomResourceDefinition) crd).getSpec().getVersions()) {
          version.setAdditionalPrinterColumns(columns(kind));
          var properties = version.getSchema().getOpenAPIV3Schema().getProperties();
          unwrap(properties.get("spec"), "run");
          unwrap(properties.get("spec"), "recipe");
          unwrap(properties.get("status"), "run");
        }
        return crd;
      }
    };
  }

  private static void unwrap(JSONSchemaProps parent, String name) {
    var inner = parent.getProperties().remove(name);
    var properties = new TreeMap<>(parent.getProperties());
    properties.putAll(inner.getProperties());
    parent.setProperties(properties);
    parent.getRequired().addAll(inner.getRequired());
    parent.getXKubernetesValidations().addAll(inner.getXKubernetesValidations());
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
