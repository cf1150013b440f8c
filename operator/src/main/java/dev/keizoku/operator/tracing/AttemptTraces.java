package dev.keizoku.operator.tracing;

import dev.keizoku.crd.v1alpha1.status.Attempt;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import dev.keizoku.operator.settings.OperatorSettings;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.time.Instant;
import java.util.Optional;

/**
 * Tells of each attempt when it has ended: one trace, with a span from its order to its end and two
 * in it, for the time that it waited and the time that it ran. Nothing without a collector.
 */
public final class AttemptTraces implements AutoCloseable {
  private final Optional<SdkTracerProvider> provider;

  /** Those of an installation. */
  public static AttemptTraces of(OperatorSettings settings) {
    return new AttemptTraces(
        settings.tracing().endpoint().map(to -> Tracing.to(to, settings.version())));
  }

  AttemptTraces(Optional<SdkTracerProvider> provider) {
    this.provider = provider;
  }

  /**
   * Tells of the attempt that was open and is not any more.
   *
   * @param before what the status said
   * @param now what it says
   */
  public void tell(HasMetadata resource, RunStatus before, RunStatus now) {
    provider.ifPresent(
        there ->
            before
                .openAttempt()
                .flatMap(open -> attempt(now, open.number()))
                .filter(attempt -> !attempt.open())
                .ifPresent(ended -> tell(there.get("dev.keizoku.operator"), resource, now, ended)));
  }

  private static Optional<Attempt> attempt(RunStatus status, int number) {
    return status.attempts().stream().filter(attempt -> attempt.number() == number).findFirst();
  }

  private static void tell(Tracer tracer, HasMetadata resource, RunStatus status, Attempt attempt) {
    var end = Instant.parse(attempt.endTime());
    var started = Optional.ofNullable(attempt.startTime()).map(Instant::parse);
    // The first one is ordered when the run begins, each other one when the one before has ended.
    var ordered =
        attempt(status, attempt.number() - 1)
            .map(Attempt::endTime)
            .or(() -> Optional.ofNullable(status.startTime()))
            .map(Instant::parse)
            .filter(time -> !time.isAfter(started.orElse(end)))
            .orElse(started.orElse(end));
    var whole = tracer.spanBuilder(resource.getKind() + " attempt").setNoParent();
    describe(whole, resource, status, attempt);
    var span = whole.setStartTimestamp(ordered).startSpan();
    child(tracer, "wait", span, ordered, started.orElse(end));
    started.ifPresent(start -> child(tracer, "run", span, start, end));
    if (attempt.exitCode() == null || attempt.exitCode() != 0) {
      span.setStatus(
          StatusCode.ERROR, attempt.message() == null ? attempt.reason() : attempt.message());
    }
    span.end(end);
  }

  private static void child(Tracer tracer, String name, Span of, Instant from, Instant to) {
    tracer
        .spanBuilder(name)
        .setParent(Context.root().with(of))
        .setStartTimestamp(from)
        .startSpan()
        .end(to);
  }

  private static void describe(
      SpanBuilder span, HasMetadata resource, RunStatus status, Attempt attempt) {
    put(span, "k8s.namespace.name", resource.getMetadata().getNamespace());
    put(span, "k8s.job.name", attempt.job());
    put(span, "k8s.pod.name", attempt.pod());
    put(span, "k8s.node.name", attempt.node());
    put(span, "container.image.name", attempt.image());
    put(span, "keizoku.name", resource.getMetadata().getName());
    put(span, "keizoku.run_uid", status.runUid());
    put(span, "keizoku.reason", attempt.reason());
    put(span, "keizoku.attempt", attempt.number());
    put(span, "keizoku.gpus", attempt.gpus());
    put(span, "keizoku.resumed_from_step", attempt.resumedFromStep());
    put(span, "process.exit.code", attempt.exitCode());
  }

  private static void put(SpanBuilder span, String name, Object value) {
    switch (value) {
      case Number number -> span.setAttribute(name, number.longValue());
      case null -> {
        // Not known of this attempt.
      }
      default -> span.setAttribute(name, value.toString());
    }
  }

  /** Sends what is not sent yet. */
  @Override
  public void close() {
    provider.ifPresent(SdkTracerProvider::close);
  }
}
