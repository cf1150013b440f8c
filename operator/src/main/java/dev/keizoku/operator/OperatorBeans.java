package dev.keizoku.operator;

import dev.keizoku.operator.reconcile.RunServices;
import dev.keizoku.operator.settings.OperatorSettings;
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
}
