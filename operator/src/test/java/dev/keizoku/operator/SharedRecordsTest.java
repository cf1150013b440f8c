package dev.keizoku.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.crd.v1alpha1.FinCorpus;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharedRecordsTest {
  private final SharedRecords json = new SharedRecords(new ObjectMapper(), true);

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
    var copy = json.clone(corpus);
    assertThat(json.asJson(copy)).isEqualTo(before);
    assertThat(copy.getSpec()).isSameAs(corpus.getSpec());
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
    var copy = json.clone(file);
    assertThat(copy).isEqualTo(file).isNotSameAs(file);
  }
}
