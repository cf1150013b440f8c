package dev.keizoku.operator.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chart over what a cluster has already. */
class ChartUpgradeIT {
  @TempDir private Path folder;

  @BeforeAll
  static void findHelm() {
    HelmChart.assumeHelm();
  }

  /** Helm never updates definitions, and an API server drops what an old one does not know. */
  @Test
  void definitionsOfAnotherChartAreRefusedWithWhatToDoFirst() throws Exception {
    var same = HelmChart.tried(folder);
    assertThat(same.exitCode()).as(same.text()).isZero();

    var definition =
        KubeApi.get()
            .admin()
            .resources(CustomResourceDefinition.class)
            .withName("fincorpora.keizoku.dev");
    var before = schema(definition.get()).getDescription();
    try {
      definition.edit(crd -> described(crd, "Of an older chart."));
      var other = HelmChart.tried(folder);
      assertThat(other.exitCode()).isNotZero();
      assertThat(other.text())
          .contains("definition of fincorpora.keizoku.dev is not this chart's")
          .contains("kubectl apply --server-side --force-conflicts -f charts/keizoku/crds/");
      assertThat(HelmChart.tried(folder, "crds.check=false").exitCode()).isZero();
    } finally {
      definition.edit(crd -> described(crd, before));
    }
  }

  private static CustomResourceDefinition described(CustomResourceDefinition crd, String as) {
    schema(crd).setDescription(as);
    return crd;
  }

  private static JSONSchemaProps schema(CustomResourceDefinition crd) {
    return crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
  }
}
