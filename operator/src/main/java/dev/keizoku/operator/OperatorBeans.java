package dev.keizoku.operator;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.operator.reconcile.RunServices;
import dev.keizoku.operator.settings.OperatorSettings;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.quarkus.kubernetes.client.KubernetesClientObjectMapper;
import io.quarkus.kubernetes.client.KubernetesResources;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** What the container gives the reconcilers. */
final class OperatorBeans {

  @Produces
  @Singleton
  RunServices services(OperatorSettings settings, MeterRegistry meters) {
    return RunServices.of(settings, meters, Clock.systemUTC());
  }

  /**
   * How resources are read, written and copied, in place of Quarkus' own. The SDK would take a way
   * to copy by its configuration, but Quarkus' extension does not hand it on.
   */
  @Produces
  @Singleton
  KubernetesSerialization serialization(
      @KubernetesClientObjectMapper ObjectMapper mapper,
      @KubernetesResources @SuppressWarnings("rawtypes") Class[] known) {
    var serialization = new SharedRecords(mapper, false);
    for (Class<?> kind : known) {
      serialization.registerKubernetesResource(kind.asSubclass(KubernetesResource.class));
    }
    return serialization;
  }

  /** How the cluster is reached, in place of Quarkus' own. */
  @Produces
  @ApplicationScoped
  KubernetesClient client(KubernetesSerialization serialization, Config config, Vertx vertx) {
    return new KubernetesClientBuilder()
        .withHttpClientFactory(new CompressedAnswers(vertx))
        .withKubernetesSerialization(serialization)
        .withConfig(config)
        .build();
  }

  void close(@Disposes KubernetesClient client) {
    client.close();
  }

  /** Comes before the SDK's own stop. */
  void stop(@Observes @Priority(1) ShutdownEvent event, RunServices services) {
    services.close();
  }

  /** What the SDK counts of its controllers; none of its labels is a resource's name. */
  @Produces
  @Singleton
  Metrics controllerMetrics(MeterRegistry meters) {
    return MicrometerMetricsV2.newBuilder(meters).build();
  }

  /**
   * The SDK labels only some of the events that it counts with their action. Prometheus takes no
   * meter whose labels differ, and the refusal would end the controller's work with events.
   */
  @Produces
  @Singleton
  MeterFilter eventsWithTheSameLabels() {
    return new MeterFilter() {
      @Override
      public Meter.Id map(Meter.Id id) {
        return id.getName().equals("events.received") && id.getTag("action") == null
            ? id.withTag(Tag.of("action", "NONE"))
            : id;
      }
    };
  }
}
