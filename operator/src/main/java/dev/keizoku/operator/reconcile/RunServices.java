package dev.keizoku.operator.reconcile;

import dev.keizoku.operator.metrics.RunMeters;
import dev.keizoku.operator.queue.PriorityBoost;
import dev.keizoku.operator.referred.ReferredResources;
import dev.keizoku.operator.settings.OperatorSettings;
import dev.keizoku.operator.tracing.AttemptTraces;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;

/**
 * What the reconcilers of all kinds share.
 *
 * @param settings the installation
 * @param clock the time
 * @param gate that looks go through
 * @param warnings what the cluster says of pods that do not come
 * @param referred the resources of all kinds, which others may refer to
 * @param told who hears how runs go on
 */
public record RunServices(
    OperatorSettings settings,
    Clock clock,
    WorkGate gate,
    Warnings warnings,
    ReferredResources referred,
    Told told) {

  /** The services of one operator. */
  public static RunServices of(OperatorSettings settings, MeterRegistry meters, Clock clock) {
    return new RunServices(
        settings,
        clock,
        new WorkGate(System::nanoTime),
        new Warnings(System::nanoTime),
        new ReferredResources(),
        new Told(
            new RunAnnouncements(),
            new RunMeters(meters),
            AttemptTraces.of(settings),
            new PriorityBoost(settings.kueue().priorityBoost())));
  }

  /** Before the SDK is stopped: lets looks come to their end, and sends what is not sent yet. */
  public void close() {
    gate.close();
    told.traces().close();
  }
}
