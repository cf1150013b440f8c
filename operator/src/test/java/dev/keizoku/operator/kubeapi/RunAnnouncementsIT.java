package dev.keizoku.operator.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.crd.v1alpha1.status.FinCorpusStatus;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import dev.keizoku.operator.reconcile.RunAnnouncements;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Events of statuses that reach the API server, and of some that do not. */
class RunAnnouncementsIT {
  private static final RunStatus WAITING = status("Pending", "CorpusNotReady");
  private static final RunStatus QUEUED = status("Queued", "WaitingForQuota");

  private final KubernetesClient client = KubeApi.get().admin();
  private final String namespace = KubeApi.get().newNamespace();
  private final RunAnnouncements announcements = new RunAnnouncements();

  @Test
  void aTransitionIsToldOnceThoughItsStatusIsLostAndAgainWhenItComesAgain() {
    tell("1", WAITING, QUEUED);
    // The status did not arrive, and something else changed the resource.
    tell("2", WAITING, QUEUED);
    assertThat(told()).containsExactly("WaitingForQuota");

    tell("3", QUEUED, WAITING);
    tell("4", WAITING, QUEUED);
    assertThat(told())
        .containsExactlyInAnyOrder("WaitingForQuota", "CorpusNotReady", "WaitingForQuota");
  }

  @Test
  void anOperatorThatWasKilledBeforeTheStatusWasWrittenTellsNothingTwice() {
    tell("1", WAITING, QUEUED);
    new RunAnnouncements().announce(client, corpus("1", WAITING), QUEUED, Instant.now());
    assertThat(told()).containsExactly("WaitingForQuota");
  }

  @Test
  void aPlanIsToldOnceATransition() {
    for (var version : List.of("1", "2")) {
      tell(version, WAITING, QUEUED);
      announcements.planned(client, corpus(version, WAITING), "It fits.", Instant.EPOCH);
    }
    assertThat(told()).containsExactlyInAnyOrder("WaitingForQuota", "Planned");
  }

  private void tell(String resourceVersion, RunStatus before, RunStatus next) {
    announcements.announce(client, corpus(resourceVersion, before), next, Instant.EPOCH);
  }

  private FinCorpus corpus(String resourceVersion, RunStatus status) {
    var resource = new FinCorpus();
    resource.getMetadata().setNamespace(namespace);
    resource.getMetadata().setName("finance");
    resource.getMetadata().setUid("of-this-one");
    resource.getMetadata().setResourceVersion(resourceVersion);
    resource.setStatus(new FinCorpusStatus(status, null, null));
    return resource;
  }

  private static RunStatus status(String phase, String reason) {
    return Serialization.unmarshal(
        """
        {"phase": "%s", "conditions": [{"type": "Ready", "status": "False", "reason": "%s"}]}
        """
            .formatted(phase, reason),
        RunStatus.class);
  }

  private List<String> told() {
    return client.v1().events().inNamespace(namespace).list().getItems().stream()
        .map(Event::getReason)
        .toList();
  }
}
