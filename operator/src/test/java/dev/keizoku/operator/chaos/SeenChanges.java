package dev.keizoku.operator.chaos;

import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.crd.v1alpha1.status.Phase;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** What changes in a cluster, counted, and what of it must never be. */
final class SeenChanges implements AutoCloseable {
  private final AtomicInteger count = new AtomicInteger();
  private final List<String> faults = new CopyOnWriteArrayList<>();

  /** UIDs by the names of Jobs: a second of a name is a second try of an attempt. */
  private final Map<String, String> jobs = new ConcurrentHashMap<>();

  private final List<SharedIndexInformer<?>> informers = new ArrayList<>();

  SeenChanges(KubernetesClient client) {
    Pipeline.KINDS.forEach(kind -> informers.add(watch(client, kind)));
    informers.add(watch(client, Job.class));
  }

  private <T extends HasMetadata> SharedIndexInformer<T> watch(
      KubernetesClient client, Class<T> kind) {
    return client.resources(kind).inAnyNamespace().inform(new Handler<>());
  }

  /** How many changes there have been. */
  int count() {
    return count.get();
  }

  /** What was lost or done twice. */
  List<String> faults() {
    return faults;
  }

  private void made(Job job) {
    var name = job.getMetadata().getNamespace() + "/" + job.getMetadata().getName();
    var uid = job.getMetadata().getUid();
    var other = jobs.putIfAbsent(name, uid);
    if (other != null && !other.equals(uid)) {
      faults.add("Job " + name + " was made twice");
    }
  }

  private void mayBecome(RunStatus one, RunStatus other) {
    if (other.attempts().size() < one.attempts().size()
        || other.activeSeconds() < one.activeSeconds()
        || other.failures() < one.failures()
        || (one.artifact() != null && !one.artifact().equals(other.artifact()))
        || (one.phase() == Phase.SUCCEEDED && other.phase() != Phase.SUCCEEDED)) {
      faults.add("from\n%s\nto\n%s".formatted(one, other));
    }
  }

  @Override
  public void close() {
    informers.forEach(SharedIndexInformer::close);
  }

  private final class Handler<T> implements ResourceEventHandler<T> {

    @Override
    public void onAdd(T made) {
      count.incrementAndGet();
      if (made instanceof Job job) {
        made(job);
      }
    }

    @Override
    public void onUpdate(T before, T now) {
      count.incrementAndGet();
      if (before instanceof RunResource one && now instanceof RunResource other) {
        mayBecome(one.runStatus(), other.runStatus());
      }
    }

    @Override
    public void onDelete(T gone, boolean unknown) {
      count.incrementAndGet();
    }
  }
}
