package dev.keizoku.operator.kubeapi;

import dev.keizoku.operator.OperatorLease;
import dev.keizoku.operator.corpus.FinCorpusReconciler;
import dev.keizoku.operator.eval.BenchmarkEvalReconciler;
import dev.keizoku.operator.pretrain.ContinualPretrainReconciler;
import dev.keizoku.operator.reconcile.RunServices;
import dev.keizoku.operator.settings.OperatorSettings;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.RuntimeInfo;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The operator's own reconcilers in this JVM; closing it is the operator's death. */
public final class OperatorUnderTest implements AutoCloseable {
  private static final Duration SYNC = Duration.ofSeconds(3);

  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final Operator operator;
  private final RunServices services;

  OperatorUnderTest(
      int progressPort, Consumer<URI> beforeRequest, Map<String, String> installation) {
    this(
        KubeApi.get().operator(beforeRequest),
        settings(progressPort, installation),
        Clock.systemUTC(),
        Set.of(),
        o -> {});
  }

  /** One whose clock says that so much time has passed. */
  static OperatorUnderTest later(
      int progressPort, Duration time, Map<String, String> installation) {
    return new OperatorUnderTest(
        KubeApi.get().operator(address -> {}),
        settings(progressPort, installation),
        Clock.offset(Clock.systemUTC(), time),
        Set.of(),
        o -> {});
  }

  /**
   * @param namespaces that it serves; empty for all
   * @param how adds to the SDK's configuration
   */
  private OperatorUnderTest(
      KubernetesClient client,
      OperatorSettings settings,
      Clock clock,
      Set<String> namespaces,
      Consumer<ConfigurationServiceOverrider> how) {
    operator =
        new Operator(
            o -> {
              o.withKubernetesClient(client)
                  .withCloseClientOnStop(true)
                  .withReconciliationTerminationTimeout(Duration.ofSeconds(5));
              how.accept(o);
            });
    services = RunServices.of(settings, meters, clock);
    register(new FinCorpusReconciler(services), namespaces);
    register(new ContinualPretrainReconciler(services), namespaces);
    register(new BenchmarkEvalReconciler(services), namespaces);
    operator.start();
  }

  private <R extends HasMetadata> void register(Reconciler<R> reconciler, Set<String> namespaces) {
    operator.register(
        reconciler,
        controller -> {
          if (!namespaces.isEmpty()) {
            controller.settingNamespaces(namespaces);
          }
        });
  }

  /** One that reaches its API server so, and no program. */
  public static OperatorUnderTest by(KubernetesClient client) {
    return new OperatorUnderTest(
        client, settings(8080, Map.of()), Clock.systemUTC(), Set.of(), o -> {});
  }

  /** One of several, which work by turns. */
  static OperatorUnderTest withLease(int progressPort) {
    var client = KubeApi.get().operator(address -> {});
    var settings = settings(progressPort, Map.of());
    return new OperatorUnderTest(
        client,
        settings,
        Clock.systemUTC(),
        Set.of(),
        o -> o.withLeaderElectionConfiguration(new OperatorLease(settings, client)));
  }

  /**
   * That of an installation which serves some namespaces only, as application.properties has it.
   */
  static OperatorUnderTest of(String home, int progressPort, Set<String> namespaces) {
    return new OperatorUnderTest(
        KubeApi.get().operatorOf(home),
        settings(progressPort, Map.of()),
        Clock.systemUTC(),
        namespaces,
        o -> o.withStopOnInformerErrorDuringStartup(false).withCacheSyncTimeout(SYNC));
  }

  MeterRegistry meters() {
    return meters;
  }

  RuntimeInfo seen() {
    return operator.getRuntimeInfo();
  }

  @Override
  public void close() {
    services.close();
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
                "keizoku.progress.write-interval", "0s",
                "keizoku.progress.port", Integer.toString(progressPort),
                "keizoku.backoff.initial", "300ms"))
        .withSources(new PropertiesConfigSource(installation, "installation", 200))
        .build()
        .getConfigMapping(OperatorSettings.class);
  }
}
