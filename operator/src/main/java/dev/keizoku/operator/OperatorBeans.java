package dev.keizoku.operator;

import dev.keizoku.operator.reconcile.RunServices;
import dev.keizoku.operator.settings.OperatorSettings;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.micrometer.core.instrument.MeterRegistry;
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

  /** What the SDK counts of its controllers; none of its labels is a resource's name. */
  @Produces
  @Singleton
  Metrics controllerMetrics(MeterRegistry meters) {
    return MicrometerMetricsV2.newBuilder(meters).build();
  }
}
