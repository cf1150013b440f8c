package dev.keizoku.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keizoku.crd.v1alpha1.ContinualPretrain;
import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.crd.v1alpha1.spec.Retention.OnDelete;
import dev.keizoku.crd.v1alpha1.status.Phase;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

/** The shared fields lie flat in spec and status, both ways. */
class JsonShapeTest {
  private static final String YAML =
      """
      apiVersion: keizoku.dev/v1alpha1
      kind: FinCorpus
      metadata:
        name: finance
      spec:
        suspend: true
        backoffLimit: 7
        podTemplate:
          resources:
            requests:
              cpu: 500m
        sources:
        - name: notices
          uri: s3://keizoku/raw/
          licence: CC0-1.0
        tokenizer:
          uri: s3://keizoku/tokenizer/
      status:
        phase: Running
        attempts:
        - number: 1
          job: finance-abc-1
        columns:
          docs: "12"
      """;

  @Test
  void sharedFieldsAreReadFlat() throws Exception {
    var corpus = Serialization.unmarshal(YAML, FinCorpus.class);
    assertThat(corpus.runPolicy().suspend()).isTrue();
    assertThat(corpus.runPolicy().backoffLimit()).isEqualTo(7);
    assertThat(corpus.runPolicy().stallTimeoutSeconds()).isEqualTo(1800);
    assertThat(corpus.runPolicy().retention().onDelete()).isEqualTo(OnDelete.RETAIN);
    assertThat(corpus.getSpec().recipe().tokenizer().uri()).isEqualTo("s3://keizoku/tokenizer/");
    assertThat(corpus.runStatus().phase()).isEqualTo(Phase.RUNNING);
    assertThat(corpus.runStatus().openAttempt()).isPresent();
    assertThat(corpus.getStatus().columns().docs()).isEqualTo("12");
  }

  @Test
  void sharedFieldsAreWrittenFlat() throws Exception {
    var corpus = Serialization.unmarshal(YAML, FinCorpus.class);
    JsonNode json = Serialization.jsonMapper().valueToTree(corpus);
    assertThat(json.at("/spec/backoffLimit").asInt()).isEqualTo(7);
    assertThat(json.at("/spec/run").isMissingNode()).isTrue();
    assertThat(json.at("/status/phase").asText()).isEqualTo("Running");
    assertThat(json.at("/status/run").isMissingNode()).isTrue();
    assertThat(Serialization.jsonMapper().treeToValue(json, FinCorpus.class).getStatus())
        .isEqualTo(corpus.getStatus());
  }

  /** Records unwrapped twice over, and those in a list. */
  @Test
  void settingsThatRunFilesShareAreReadAndWrittenFlat() throws Exception {
    var yaml =
        """
        apiVersion: keizoku.dev/v1alpha1
        kind: ContinualPretrain
        metadata:
          name: tuned
        spec:
          backoffLimit: 7
          baseModel:
            uri: hf://a/b
          data:
          - corpusRef:
              name: finance
            weight: 3
          - corpusRef:
              name: general
          maxSteps: 10
          learningRate: 1e-4
        """;
    var pretrain = Serialization.unmarshal(yaml, ContinualPretrain.class);
    var recipe = pretrain.getSpec().recipe();
    assertThat(pretrain.runPolicy().backoffLimit()).isEqualTo(7);
    assertThat(recipe.training().maxSteps()).isEqualTo(10);
    assertThat(recipe.training().globalBatchSize()).isEqualTo(24);
    assertThat(recipe.data().getFirst().share().weight()).isEqualTo(3.0);
    assertThat(recipe.data().getLast().share().weight()).isNull();
    JsonNode json = Serialization.jsonMapper().valueToTree(pretrain);
    assertThat(json.at("/spec/maxSteps").asInt()).isEqualTo(10);
    assertThat(json.at("/spec/data/0/weight").asDouble()).isEqualTo(3);
    assertThat(json.at("/spec/data/1").has("weight")).isFalse();
    assertThat(json.at("/spec/training").isMissingNode()).isTrue();
    assertThat(json.at("/spec/guards/lossSpike/window").asInt()).isEqualTo(128);
  }
}
