package dev.keizoku.operator.kubeapi;

import dev.keizoku.operator.corpus.FinCorpusReconciler;
import dev.keizoku.operator.eval.BenchmarkEvalReconciler;
import dev.keizoku.operator.pretrain.ContinualPretrainReconciler;
import dev.keizoku.operator.reconcile.RunServices;
import dev.keizoku.operator.settings.OperatorSettings;
import io.javaoperatorsdk.operator.Operator;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** The operator's own reconcilers in this JVM; closing it is the operator's death. */
final class OperatorUnderTest implements AutoCloseable {
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final Operator operator;

  OperatorUnderTest(int progressPort, Runnable beforeStatus, Map<String, String> installation) {
    var client = KubeApi.get().operator(beforeStatus);
    operator =
        new Operator(
            o ->
                o.withKubernetesClient(client)
                    .withCloseClientOnStop(true)
                    .withReconciliationTerminationTimeout(Duration.ofSeconds(5)));
    var services = RunServices.of(settings(progressPort, installation), meters, Clock.systemUTC());
    operator.register(new FinCorpusReconciler(services));
    operator.register(new ContinualPretrainReconciler(services));
    operator.register(new BenchmarkEvalReconciler(services));
    operator.start();
  }

  MeterRegistry meters() {
    return meters;
  }

  @Override
  public void close() {
    operator.stop();
  }

  private static OperatorSettings settings(int progressPort, Map<String, String> installation) {
    return new SmallRyeConfigBuilder()
        // They put one setting into another.
        .addDefaultInterceptors()
        .withMapping(OperatorSettings.class)
        // As in the running operator: 5s, not PT5S.
        .withConverter(Duration.class, 100, new DurationConverter())
        .withDefaultValues(
            Map.of(
                "quarkus.application.version", "test",
                "keizoku.storage.endpoint", "http://minio:9000",
                "keizoku.storage.bucket", "keizoku",
                "keizoku.storage.secret-name", "keizoku-storage",
                "keizoku.progress.interval", "200ms",
                "keizoku.progress.port", Integer.toString(progressPort),
                "keizoku.backoff.initial", "300ms"))
        .withSources(new PropertiesConfigSource(installation, "installation", 200))
        .build()
        .getConfigMapping(OperatorSettings.class);
  }
}
