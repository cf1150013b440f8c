package dev.keizoku.operator;

import dev.keizoku.operator.reconcile.RunServices;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * An operator in which a look at a resource does not come to its end is started anew: it hears
 * everything, and does nothing any more for that resource, and in the end for none.
 */
@Liveness
@ApplicationScoped
public class LooksEnd implements HealthCheck {
  /** More than all requests of a look take together that an API server leaves without an answer. */
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private final Supplier<Duration> longest;

  /** Made by the container. */
  @Inject
  public LooksEnd(RunServices services) {
    this(() -> services.gate().longest());
  }

  /**
   * @param longest how long the look that began first is under way
   */
  LooksEnd(Supplier<Duration> longest) {
    this.longest = longest;
  }

  @Override
  public HealthCheckResponse call() {
    var underWay = longest.get();
    return HealthCheckResponse.named("looks come to an end")
        .status(underWay.compareTo(PATIENCE) < 0)
        .withData("longestSeconds", underWay.toSeconds())
        .build();
  }
}
