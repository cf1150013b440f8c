package dev.keizoku.operator;

import dev.keizoku.operator.run.RunAnnouncements;
import dev.keizoku.operator.status.Backoff;
import dev.keizoku.operator.status.RunStatusCalculator;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** What the reconcilers share. */
final class OperatorBeans {

  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  RunStatusCalculator calculator(OperatorSettings settings) {
    return new RunStatusCalculator(
        new Backoff(settings.backoff().initial(), settings.backoff().max()));
  }

  @Produces
  @Singleton
  RunAnnouncements announcements(MeterRegistry meters) {
    return new RunAnnouncements(meters);
  }
}
