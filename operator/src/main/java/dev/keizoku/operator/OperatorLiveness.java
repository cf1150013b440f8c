package dev.keizoku.operator;

import io.javaoperatorsdk.operator.Operator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * An operator that hears nothing of the cluster any more is started anew: a watch that has died is
 * not begun again by itself. Not at once, since an API server may be away for a while.
 */
@Liveness
@ApplicationScoped
public class OperatorLiveness implements HealthCheck {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final BooleanSupplier hears;
  private final Clock clock;
  private Instant deafSince;

  /** Made by the container. */
  @Inject
  public OperatorLiveness(Operator operator) {
    this(
        () ->
            !operator.getRuntimeInfo().isStarted()
                || operator.getRuntimeInfo().allEventSourcesAreHealthy(),
        Clock.systemUTC());
  }

  OperatorLiveness(BooleanSupplier hears, Clock clock) {
    this.hears = hears;
    this.clock = clock;
  }

  @Override
  public synchronized HealthCheckResponse call() {
    var now = clock.instant();
    if (hears.getAsBoolean()) {
      deafSince = null;
    } else if (deafSince == null) {
      deafSince = now;
    }
    boolean up = deafSince == null || now.isBefore(deafSince.plus(PATIENCE));
    return HealthCheckResponse.named("hears the cluster").status(up).build();
  }
}
