package dev.keizoku.operator;

import dev.keizoku.crd.v1alpha1.FinCorpus;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.RuntimeInfo;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.health.InformerWrappingEventSourceHealthIndicator;
import io.javaoperatorsdk.operator.health.Status;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * An operator that hears nothing of a namespace any more is started anew: a watch that has died is
 * not begun again by itself. Not at once, since an API server may be away for a while; and not when
 * the server itself refuses to tell of the namespace, as it does of one that is deleted together
 * with the operator's rights in it: no start mends that, and each would stop the work for all
 * others.
 */
@Liveness
@ApplicationScoped
public class OperatorLiveness implements HealthCheck {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Supplier<Set<String>> deaf;
  private final Predicate<String> refuses;
  private final Clock clock;
  private final Map<String, Instant> deafSince = new HashMap<>();

  /** Made by the container. */
  @Inject
  public OperatorLiveness(Operator operator, KubernetesClient client) {
    this(
        () -> deafTo(operator.getRuntimeInfo()),
        namespace -> refuses(client, namespace),
        Clock.systemUTC());
  }

  /**
   * @param deaf namespaces of which not everything is heard now
   * @param refuses whether the API server refuses to tell of a namespace
   */
  OperatorLiveness(Supplier<Set<String>> deaf, Predicate<String> refuses, Clock clock) {
    this.deaf = deaf;
    this.refuses = refuses;
    this.clock = clock;
  }

  @Override
  public synchronized HealthCheckResponse call() {
    var now = clock.instant();
    var namespaces = deaf.get();
    deafSince.keySet().retainAll(namespaces);
    namespaces.forEach(namespace -> deafSince.putIfAbsent(namespace, now));
    boolean startAnew =
        deafSince.entrySet().stream()
            .filter(entry -> !now.isBefore(entry.getValue().plus(PATIENCE)))
            .anyMatch(entry -> !refuses.test(entry.getKey()));
    return HealthCheckResponse.named("hears the cluster").status(!startAnew).build();
  }

  /**
   * Namespaces of which a watch is dead; the word for all of them where all are watched at once.
   */
  public static Set<String> deafTo(RuntimeInfo operator) {
    return operator.isStarted()
        ? operator.unhealthyInformerWrappingEventSourceHealthIndicator().values().stream()
            .flatMap(sources -> sources.values().stream())
            .flatMap(OperatorLiveness::deafNamespaces)
            .collect(Collectors.toSet())
        : Set.of();
  }

  private static Stream<String> deafNamespaces(
      InformerWrappingEventSourceHealthIndicator<?> source) {
    return source.informerHealthIndicators().entrySet().stream()
        .filter(entry -> entry.getValue().getStatus() != Status.HEALTHY)
        .map(Map.Entry::getKey);
  }

  /**
   * Whether the API server refuses to tell of a namespace. Of all that is watched there, one kind
   * stands for the others.
   */
  public static boolean refuses(KubernetesClient client, String namespace) {
    var one = new ListOptionsBuilder().withLimit(1L).build();
    var corpora = client.resources(FinCorpus.class);
    try {
      if (Constants.WATCH_ALL_NAMESPACES.equals(namespace)) {
        corpora.inAnyNamespace().list(one);
      } else {
        corpora.inNamespace(namespace).list(one);
      }
      return false;
    } catch (KubernetesClientException e) {
      return e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
          || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
    }
  }
}
