package dev.keizoku.operator.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.operator.ForwardCompatibleMapper;
import dev.keizoku.operator.reconcile.RunServices;
import dev.keizoku.operator.settings.OperatorSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An operator that was taken back to an older release. */
class FinCorpusReconcilerTest {

  @Test
  void aPhaseOfANewerOperatorIsLeftAlone() throws JsonProcessingException {
    var mapper = new ObjectMapper();
    new ForwardCompatibleMapper().customize(mapper);
    var corpus =
        mapper.readValue(
            """
            {"metadata": {"name": "finance", "namespace": "n", "uid": "u-u-u-u-u", "generation": 1},
             "spec": {"sources": [], "tokenizer": {"uri": "s3://b/t/"}},
             "status": {"observedGeneration": 1, "phase": "Archived",
              "artifact": {"uri": "s3://b/manifest.json", "sha256": "ab"}}}
            """,
            FinCorpus.class);
    assertThat(corpus.runStatus().phase()).isNull();
    var services = RunServices.of(settings(), new SimpleMeterRegistry(), Clock.systemUTC());
    // Without a cluster: it is not even looked at.
    var control = new FinCorpusReconciler(services).reconcile(corpus, null);
    assertThat(control.isNoUpdate()).isTrue();
    assertThat(control.getScheduleDelay()).isEmpty();
  }

  private static OperatorSettings settings() {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .withMapping(OperatorSettings.class)
        .withConverter(Duration.class, 100, text -> Duration.ofSeconds(1))
        .withDefaultValues(Map.of("quarkus.application.version", "test"))
        .build()
        .getConfigMapping(OperatorSettings.class);
  }
}
