package dev.keizoku.operator.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** What the installation sets ({@code keizoku.*}; the chart's values end up here). */
@ConfigMapping(prefix = "keizoku")
public interface OperatorSettings {

  /** The operator's own. */
  @WithDefault("${quarkus.application.version}")
  String version();

  /** Name of the lease by which one operator works at a time. */
  @WithDefault("keizoku-operator")
  String lease();

  /** By what name the operator holds the lease, before a part that is its own alone. */
  @WithDefault("${hostname:operator}")
  String identity();

  /** Images of the programs. */
  Images images();

  /** Where artifacts go when a resource does not say. */
  Storage storage();

  /** How running pods are asked. */
  Progress progress();

  /** Pauses before another attempt. */
  Backoff backoff();

  /** What Kueue is told. */
  Kueue kueue();

  /** Who gets traces. */
  Tracing tracing();

  /** {@link PodSettings} as JSON; an environment variable holds no lists and maps. */
  Optional<PodSettings> pods();

  /** What every pod gets. */
  default PodSettings podSettings() {
    return pods().orElse(PodSettings.DEFAULT);
  }

  /** Images of the programs; {@code spec.image} overrides. */
  interface Images {
    @WithDefault("keizoku/corpus:${quarkus.application.version}")
    String corpus();

    @WithDefault("keizoku/trainer:${quarkus.application.version}")
    String trainer();

    @WithDefault("keizoku/eval:${quarkus.application.version}")
    String eval();

    @WithDefault("IfNotPresent")
    String pullPolicy();
  }

  /** The default object store; {@code spec.storage} overrides field by field. */
  interface Storage {
    Optional<String> endpoint();

    Optional<String> region();

    Optional<String> bucket();

    Optional<String> prefix();

    /** Secret in the namespace of the resource; not set for stores that need no keys. */
    Optional<String> secretName();

    /** ConfigMap in the namespace of the resource, with authorities in {@code ca.crt}. */
    Optional<String> caBundle();
  }

  /** {@code GET /progress}. */
  interface Progress {
    /** Time between two questions. */
    @WithDefault("5s")
    Duration interval();

    /**
     * The least time between two writes of nothing but progress into the status; metrics show all.
     */
    @WithDefault("30s")
    Duration writeInterval();

    /** How long an answer may take. */
    @WithDefault("2s")
    Duration timeout();

    @WithDefault("8080")
    int port();
  }

  /** Queues. */
  interface Kueue {
    /** The most points that a run's priority rises by; 0: none. */
    @WithDefault("0")
    int priorityBoost();
  }

  /** Traces of attempts. */
  interface Tracing {
    /** A collector that takes OTLP over HTTP. */
    Optional<String> endpoint();
  }

  /** The pause doubles from attempt to attempt. */
  interface Backoff {
    @WithDefault("10s")
    Duration initial();

    @WithDefault("6m")
    Duration max();
  }
}
