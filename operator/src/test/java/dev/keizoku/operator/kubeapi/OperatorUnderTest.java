package dev.keizoku.operator.kubeapi;

import dev.keizoku.operator.OperatorSettings;
import dev.keizoku.operator.corpus.FinCorpusReconciler;
import dev.keizoku.operator.eval.BenchmarkEvalReconciler;
import dev.keizoku.operator.pretrain.ContinualPretrainReconciler;
import dev.keizoku.operator.run.RunAnnouncements;
import dev.keizoku.operator.status.Backoff;
import dev.keizoku.operator.status.RunStatusCalculator;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.config.dependent.DependentResourceSpec;
import io.javaoperatorsdk.operator.api.reconciler.dependent.DependentResource;
import io.javaoperatorsdk.operator.api.reconciler.dependent.DependentResourceFactory;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** The operator's own reconcilers in this JVM; closing it is the operator's death. */
final class OperatorUnderTest implements AutoCloseable {
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final Operator operator;

  OperatorUnderTest(int progressPort, Runnable beforeStatus) {
    var client = KubeApi.get().operator(beforeStatus);
    var settings = settings(progressPort);
    operator =
        new Operator(
            o ->
                o.withKubernetesClient(client)
                    .withCloseClientOnStop(true)
                    .withReconciliationTerminationTimeout(Duration.ofSeconds(5))
                    .withDependentResourceFactory(new WithSettings(settings)));
    var calculator =
        new RunStatusCalculator(
            new Backoff(settings.backoff().initial(), settings.backoff().max()));
    var announcements = new RunAnnouncements(meters);
    var clock = Clock.systemUTC();
    operator.register(new FinCorpusReconciler(settings, calculator, announcements, meters, clock));
    operator.register(
        new ContinualPretrainReconciler(settings, calculator, announcements, meters, clock));
    operator.register(
        new BenchmarkEvalReconciler(settings, calculator, announcements, meters, clock));
    operator.start();
  }

  MeterRegistry meters() {
    return meters;
  }

  @Override
  public void close() {
    operator.stop();
  }

  private static OperatorSettings settings(int progressPort) {
    return new SmallRyeConfigBuilder()
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
        .build()
        .getConfigMapping(OperatorSettings.class);
  }

  /** What the container does in production: gives the dependents their settings. */
  private record WithSettings(OperatorSettings settings)
      implements DependentResourceFactory<
          ControllerConfiguration<?>, DependentResourceSpec<?, ?, ?>> {

    @Override
    public DependentResource<?, ?> createFrom(
        DependentResourceSpec<?, ?, ?> spec, ControllerConfiguration<?> configuration) {
      var made = make(spec);
      configure(made, spec, configuration);
      return made;
    }

    @Override
    public Class<?> associatedResourceType(DependentResourceSpec<?, ?, ?> spec) {
      return make(spec).resourceType();
    }

    private DependentResource<?, ?> make(DependentResourceSpec<?, ?, ?> spec) {
      try {
        return (DependentResource<?, ?>)
            spec.getDependentResourceClass()
                .getConstructor(OperatorSettings.class)
                .newInstance(settings);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
