package dev.keizoku.operator.kubeapi;

import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.crd.v1alpha1.status.Phase;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** What changes in a namespace, and what of it must never be. */
final class SeenChanges implements AutoCloseable {
  private final List<String> faults = new CopyOnWriteArrayList<>();

  /** UIDs by the names of Jobs: a second of a name is a second try of an attempt. */
  private final Map<String, String> jobs = new ConcurrentHashMap<>();

  private final List<SharedIndexInformer<?>> informers;

  SeenChanges(KubernetesClient client, String namespace) {
    informers =
        List.of(
            client
                .resources(FinCorpus.class)
                .inNamespace(namespace)
                .inform(new Handler<>(corpus -> {}, this::mayBecome)),
            client
                .batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .inform(new Handler<>(this::made, (before, now) -> {})));
  }

  /** What was lost or done twice. */
  List<String> faults() {
    return faults;
  }

  private void made(Job job) {
    var name = job.getMetadata().getName();
    var uid = job.getMetadata().getUid();
    var other = jobs.putIfAbsent(name, uid);
    if (other != null && !other.equals(uid)) {
      faults.add("Job " + name + " was made twice");
    }
  }

  private void mayBecome(FinCorpus before, FinCorpus now) {
    var one = before.runStatus();
    var other = now.runStatus();
    if (other.attempts().size() < one.attempts().size()
        || other.activeSeconds() < one.activeSeconds()
        || other.failures() < one.failures()
        || (one.phase() == Phase.SUCCEEDED && other.phase() != Phase.SUCCEEDED)) {
      faults.add("from\n%s\nto\n%s".formatted(one, other));
    }
  }

  @Override
  public void close() {
    informers.forEach(SharedIndexInformer::close);
  }

  private final class Handler<T> implements ResourceEventHandler<T> {
    private final Consumer<T> added;
    private final BiConsumer<T, T> updated;

    private Handler(Consumer<T> added, BiConsumer<T, T> updated) {
      this.added = added;
      this.updated = updated;
    }

    @Override
    public void onAdd(T made) {
      added.accept(made);
    }

    @Override
    public void onUpdate(T before, T now) {
      updated.accept(before, now);
    }

    @Override
    public void onDelete(T gone, boolean unknown) {}
  }
}
