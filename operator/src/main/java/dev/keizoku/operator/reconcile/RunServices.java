package dev.keizoku.operator.reconcile;

import dev.keizoku.operator.metrics.RunMeters;
import dev.keizoku.operator.queue.PriorityBoost;
import dev.keizoku.operator.settings.OperatorSettings;
import dev.keizoku.operator.status.Backoff;
import dev.keizoku.operator.status.RunStatusCalculator;
import dev.keizoku.operator.tracing.AttemptTraces;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;

/**
 * What the reconcilers of all kinds share.
 *
 * @param settings the installation
 * @param calculator of the next status
 * @param announcements of what changed
 * @param meters what Prometheus sees
 * @param clock the time
 * @param gate that looks go through
 * @param warnings what the cluster says of pods that do not come
 * @param referred the resources of all kinds, which others may refer to
 * @param boost what Kueue is told of runs at work
 * @param traces of attempts that ended
 */
public record RunServices(
    OperatorSettings settings,
    RunStatusCalculator calculator,
    RunAnnouncements announcements,
    RunMeters meters,
    Clock clock,
    WorkGate gate,
    Warnings warnings,
    ReferredResources referred,
    PriorityBoost boost,
    AttemptTraces traces) {

  /** The services of one operator. */
  public static RunServices of(OperatorSettings settings, MeterRegistry meters, Clock clock) {
    var pauses = new Backoff(settings.backoff().initial(), settings.backoff().max());
    return new RunServices(
        settings,
        new RunStatusCalculator(pauses),
        new RunAnnouncements(),
        new RunMeters(meters),
        clock,
        new WorkGate(),
        new Warnings(System::nanoTime),
        new ReferredResources(),
        new PriorityBoost(settings.kueue().priorityBoost()),
        AttemptTraces.of(settings));
  }

  /** Forgets a resource that is gone. */
  void gone(String uid) {
    meters.gone(uid);
    announcements.gone(uid);
    boost.gone(uid);
  }
}
