package dev.keizoku.operator.metrics;

import dev.keizoku.crd.v1alpha1.status.Condition;
import dev.keizoku.crd.v1alpha1.status.Progress;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import dev.keizoku.operator.job.HeardProgress;
import dev.keizoku.operator.status.ProgressReading;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The gauges of a run that goes on; what it has not said yet is not a number. */
final class LiveRun {
  private static final double MILLIS = 1000;

  private final MeterRegistry registry;
  private final List<Meter> gauges = new ArrayList<>();
  private volatile RunStatus status = RunStatus.EMPTY;
  private volatile Supplier<Optional<HeardProgress>> heard = Optional::empty;

  LiveRun(MeterRegistry registry, String kind, String namespace, String name) {
    this.registry = registry;
    var labels = List.of("kind", kind, "namespace", namespace, "name", name);
    gauge(
        "keizoku_run_progress_ratio",
        "Share of the run that is done, 0 to 1.",
        labels,
        LiveRun::done);
    gauge(
        "keizoku_run_silence_seconds",
        "Time since the program's stage or step last changed.",
        labels,
        run -> progress(run).map(p -> age(p.lastProgressTime())).orElse(Double.NaN));
    gauge(
        "keizoku_run_stalled",
        "1 while nothing goes on until a person has changed something, else 0.",
        labels,
        run -> run.condition("Stalled").map(Condition::isTrue).orElse(false) ? 1.0 : 0.0);
    if (kind.equals("continualpretrain")) {
      training(labels);
    }
  }

  private void training(List<String> labels) {
    gauge("keizoku_train_step", "Optimizer steps done.", labels, LiveRun::step);
    gauge(
        "keizoku_train_loss", "Mean loss of the last step, nats a token.", labels, metric("loss"));
    gauge(
        "keizoku_train_tokens_per_second",
        "Tokens a second, all devices together.",
        labels,
        metric("tokensPerSecond"));
    gauge(
        "keizoku_checkpoint_age_seconds",
        "Time since the newest committed checkpoint.",
        labels,
        run -> run.lastCheckpoint() == null ? Double.NaN : age(run.lastCheckpoint().time()));
  }

  /**
   * The run is like that now.
   *
   * @param says what its program said last, whenever that is asked
   */
  void is(RunStatus now, Supplier<Optional<HeardProgress>> says) {
    status = now;
    heard = says;
  }

  /** With what the program has said since the status was calculated. */
  private RunStatus now() {
    var calculated = status;
    return heard
        .get()
        .filter(h -> h.report().runUid().equals(calculated.runUid()))
        .map(h -> calculated.withProgress(ProgressReading.of(h, calculated.progress())))
        .orElse(calculated);
  }

  /** Takes the gauges away. */
  void close() {
    gauges.forEach(registry::remove);
  }

  private void gauge(
      String name, String description, List<String> labels, Function<RunStatus, Double> value) {
    gauges.add(
        Gauge.builder(name, () -> value.apply(now()))
            .description(description)
            .tags(labels.toArray(String[]::new))
            .register(registry));
  }

  private static Double done(RunStatus run) {
    return progress(run)
        .map(Progress::progressPercentage)
        .map(percent -> percent / 100.0)
        .orElse(Double.NaN);
  }

  private static Double step(RunStatus run) {
    return progress(run).map(Progress::step).map(Long::doubleValue).orElse(Double.NaN);
  }

  private static Function<RunStatus, Double> metric(String name) {
    return run ->
        progress(run).map(Progress::metrics).map(values -> values.get(name)).orElse(Double.NaN);
  }

  private static Optional<Progress> progress(RunStatus run) {
    return Optional.ofNullable(run.progress());
  }

  private static Double age(String time) {
    return time == null
        ? Double.NaN
        : Duration.between(Instant.parse(time), Instant.now()).toMillis() / MILLIS;
  }
}
