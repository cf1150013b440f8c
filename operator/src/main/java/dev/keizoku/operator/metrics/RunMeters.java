package dev.keizoku.operator.metrics;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.crd.v1alpha1.status.Attempt;
import dev.keizoku.crd.v1alpha1.status.Condition;
import dev.keizoku.crd.v1alpha1.status.Phase;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import dev.keizoku.operator.job.HeardProgress;
import dev.keizoku.operator.words.RunReason;
import dev.keizoku.operator.words.StatusReason;
import io.fabric8.kubernetes.client.CustomResource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * What Prometheus sees of the runs. Labels have as many values as there are kinds, phases, known
 * reasons and namespaces; only the gauges of a run that goes on bear its name, and they go with it.
 */
public final class RunMeters {
  private final MeterRegistry registry;
  private final ConcurrentHashMap<String, LiveRun> live = new ConcurrentHashMap<>();

  /** Meters that are kept there. */
  public RunMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * Counts the resources of a kind by phase.
   *
   * @param count how many there are now in a phase
   */
  public void watch(String kind, ToLongFunction<Phase> count) {
    // Is there before the first one waited: a rate over nothing is nothing.
    registry.timer("keizoku_queue_wait", "kind", kind);
    for (var phase : Phase.values()) {
      Gauge.builder("keizoku_runs", () -> count.applyAsLong(phase))
          .description("Resources by phase.")
          .tag("kind", kind)
          .tag("phase", phase.name())
          .register(registry);
    }
  }

  /**
   * Shows the run as its status is now.
   *
   * @param says what its program said last, whenever that is asked
   */
  public <R extends CustomResource<?, ?> & RunResource> void changed(
      R resource, RunStatus next, Instant now, Supplier<Optional<HeardProgress>> says) {
    var before = resource.runStatus();
    var kind = resource.getSingular();
    var meta = resource.getMetadata();
    if (before.phase() != next.phase()) {
      registry
          .counter("keizoku_run_transitions", "kind", kind, "phase", next.phase().name())
          .increment();
      waited(before, now)
          .filter(time -> before.phase() == Phase.QUEUED)
          .ifPresent(time -> registry.timer("keizoku_queue_wait", "kind", kind).record(time));
      if (next.phase().finished()) {
        registry
            .timer("keizoku_run_duration", "kind", kind, "phase", next.phase().name())
            .record(Duration.ofSeconds(next.activeSeconds()));
      }
    }
    ended(before, next)
        .ifPresent(
            attempt ->
                registry
                    .counter("keizoku_attempts", "kind", kind, "reason", label(attempt.reason()))
                    .increment());
    long booked = next.gpuSeconds() - before.gpuSeconds();
    if (booked > 0) {
      registry
          .counter("keizoku_gpu_seconds", "kind", kind, "namespace", meta.getNamespace())
          .increment(booked);
    }
    if (next.phase().finished()) {
      gone(meta.getUid());
    } else {
      live.computeIfAbsent(
              meta.getUid(),
              uid -> new LiveRun(registry, kind, meta.getNamespace(), meta.getName()))
          .is(next, says);
    }
  }

  /** Forgets a run's own gauges. */
  public void gone(String uid) {
    var run = live.remove(uid);
    if (run != null) {
      run.close();
    }
  }

  private static Optional<Duration> waited(RunStatus before, Instant now) {
    return before
        .condition("Queued")
        .filter(Condition::isTrue)
        .map(queued -> Duration.between(Instant.parse(queued.lastTransitionTime()), now));
  }

  private static Optional<Attempt> ended(RunStatus before, RunStatus next) {
    int known = before.lastAttempt().filter(a -> !a.open()).map(Attempt::number).orElse(0);
    return next.lastAttempt().filter(a -> !a.open()).filter(a -> a.number() != known);
  }

  /** A program may say any word; a label has as many values as are known here. */
  private static String label(String reason) {
    return StatusReason.read(reason) instanceof RunReason known && known != RunReason.UNKNOWN
        ? known.text()
        : Reason.of(reason).map(Reason::word).orElse("Other");
  }
}
