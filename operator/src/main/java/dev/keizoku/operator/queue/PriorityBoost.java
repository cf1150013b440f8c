package dev.keizoku.operator.queue;

import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.crd.v1alpha1.status.Attempt;
import dev.keizoku.crd.v1alpha1.status.Phase;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets Kueue take quota first from the run that would lose the least: a run has a point for each
 * minute that it has worked since its newest checkpoint, which Kueue adds to its priority
 * (KEP-7990, feature gate {@code PriorityBoost}). A kind that saves none counts from the attempt's
 * start.
 */
public final class PriorityBoost {
  static final String ANNOTATION = "kueue.x-k8s.io/priority-boost";

  private static final Logger LOG = LoggerFactory.getLogger(PriorityBoost.class);

  /** Of the most, a step that is worth a request. */
  private static final int STEPS = 10;

  private final int most;
  private final Map<String, Told> told = new ConcurrentHashMap<>();

  private record Told(String jobUid, int points) {}

  /**
   * @param most points that a run may have; 0: Kueue is told nothing
   */
  public PriorityBoost(int most) {
    this.most = most;
  }

  /** Tells Kueue of a run's points, where they have grown by a tenth of the most, or fallen. */
  public <R extends HasMetadata & RunResource> void tell(
      KubernetesClient client, R resource, RunStatus status, Instant now) {
    var job = status.openAttempt().map(Attempt::jobUid);
    if (most == 0 || resource.runPolicy().queueName() == null || job.isEmpty()) {
      return;
    }
    var meta = resource.getMetadata();
    int points = points(status, now);
    var before = told.get(meta.getUid());
    int had = before == null || !before.jobUid.equals(job.get()) ? 0 : before.points;
    if (points >= had && points - had < Math.max(1, most / STEPS)) {
      return;
    }
    told.put(meta.getUid(), new Told(job.get(), points));
    var workloads = new Workloads(client, meta.getNamespace());
    try {
      workloads
          .of(job.get())
          .ifPresent(w -> workloads.annotate(w, ANNOTATION, Integer.toString(points)));
    } catch (KubernetesClientException e) {
      // The run itself is well; the next step is tried again.
      LOG.warn(
          "{}/{}: Kueue cannot be told its priority boost", meta.getNamespace(), meta.getName(), e);
    }
  }

  /** Minutes of work that would be lost. */
  int points(RunStatus status, Instant now) {
    var start = status.openAttempt().map(Attempt::startTime);
    if (status.phase() != Phase.RUNNING || start.isEmpty()) {
      return 0;
    }
    var since = Instant.parse(start.get());
    if (status.lastCheckpoint() != null) {
      var saved = Instant.parse(status.lastCheckpoint().time());
      since = saved.isAfter(since) ? saved : since;
    }
    return (int) Math.clamp(Duration.between(since, now).toMinutes(), 0, most);
  }

  /** Forgets a resource that is gone. */
  public void gone(String uid) {
    told.remove(uid);
  }
}
