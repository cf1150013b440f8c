package dev.keizoku.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.crd.v1alpha1.FinCorpus;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OwnMetadataTest {
  private final KubernetesSerialization json = new KubernetesSerialization();
  private final OwnMetadata cloner = new OwnMetadata(json);

  @Test
  void aCopyIsAsJsonWouldMakeItAndChangesLeaveTheOriginalAlone() {
    var corpus =
        json.unmarshal(
            """
            apiVersion: keizoku.dev/v1alpha1
            kind: FinCorpus
            metadata: {name: finance, namespace: team, uid: u, generation: 2, finalizers: [a/b],
              labels: {team: nlp}, annotations: {keizoku.dev/retry: '1'}}
            spec: {seed: 7}
            status: {phase: Running, observedGeneration: 2}
            """,
            FinCorpus.class);
    var before = json.asJson(corpus);
    var copy = cloner.clone(corpus);
    assertThat(json.asJson(copy)).isEqualTo(json.asJson(json.clone(corpus))).isEqualTo(before);
    copy.getMetadata().getFinalizers().add("keizoku.dev/finalizer");
    copy.getMetadata().setResourceVersion("9");
    copy.getMetadata().getLabels().put("team", "other");
    copy.getMetadata().setAnnotations(new HashMap<>(Map.of("keizoku.dev/retry", "2")));
    copy.setStatus(null);
    assertThat(json.asJson(corpus)).isEqualTo(before);
    assertThat(copy.getMetadata().getFinalizers())
        .isEqualTo(List.of("a/b", "keizoku.dev/finalizer"));
  }

  @Test
  void whatIsNoneOfOurKindsIsCopiedToo() {
    var file = new ConfigMapBuilder().withData(Map.of("run.yaml", "a")).build();
    assertThat(cloner.clone(file)).isEqualTo(file).isNotSameAs(file);
  }
}
