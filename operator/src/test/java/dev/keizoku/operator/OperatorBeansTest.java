package dev.keizoku.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.ResourceAction;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceEvent;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OperatorBeansTest {
  private static final ResourceID RUN = new ResourceID("tuned", "team-a");
  private static final Map<String, Object> OF_A_CONTROLLER =
      Map.of(Constants.CONTROLLER_NAME, "continualpretrain");

  private final OperatorBeans beans = new OperatorBeans();
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  @Test
  void eventsOfEveryKindAreCounted() {
    meters.config().meterFilter(beans.eventsWithTheSameLabels());
    var metrics = beans.controllerMetrics(meters);
    metrics.eventReceived(
        new ResourceEvent(ResourceAction.UPDATED, RUN, new ConfigMap()), OF_A_CONTROLLER);
    metrics.eventReceived(new Event(RUN), OF_A_CONTROLLER);
    metrics.eventReceived(new Event(RUN), OF_A_CONTROLLER);
    assertThat(meters.scrape().lines().filter(line -> line.startsWith("events_received")))
        .containsExactlyInAnyOrder(
            "events_received_total{action=\"UPDATED\",controller_name=\"continualpretrain\",event=\"ResourceEvent\",} 1.0",
            "events_received_total{action=\"NONE\",controller_name=\"continualpretrain\",event=\"Event\",} 2.0");
  }
}
