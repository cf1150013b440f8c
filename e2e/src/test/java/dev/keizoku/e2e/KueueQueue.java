package dev.keizoku.e2e;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;

/** A queue of a real Kueue with a quota of four GPUs, and a Job that outweighs a training in it. */
final class KueueQueue implements AutoCloseable {
  private static final String WEIGHTY = "weighty";

  private final Cluster cluster;
  private final List<HasMetadata> made = new ArrayList<>();

  private KueueQueue(Cluster cluster) {
    this.cluster = cluster;
  }

  static KueueQueue ofFourGpus(Cluster cluster) {
    var queue = new KueueQueue(cluster);
    queue.make("ResourceFlavor", "");
    queue.make("WorkloadPriorityClass", "value: 100");
    queue.make(
        "ClusterQueue",
        """
        spec:
          namespaceSelector: {}
          preemption: {withinClusterQueue: LowerPriority}
          resourceGroups:
          - coveredResources: [cpu, memory, nvidia.com/gpu]
            flavors:
            - name: %1$s
              resources:
              - {name: cpu, nominalQuota: 64}
              - {name: memory, nominalQuota: 256Gi}
              - {name: nvidia.com/gpu, nominalQuota: 4}
        """);
    queue.make("LocalQueue", "spec: {clusterQueue: %1$s}");
    queue.heavyPriority();
    return queue;
  }

  String name() {
    return cluster.namespace();
  }

  String lightPriority() {
    return cluster.namespace();
  }

  private void heavyPriority() {
    apply("WorkloadPriorityClass", name() + "-" + WEIGHTY, "value: 1000");
  }

  private void make(String kind, String body) {
    apply(kind, name(), body.formatted(name()));
  }

  private void apply(String kind, String name, String body) {
    var text =
        "apiVersion: kueue.x-k8s.io/v1beta1\nkind: %s\nmetadata: {name: %s%s}\n%s"
            .formatted(
                kind,
                name,
                "LocalQueue".equals(kind) ? ", namespace: " + cluster.namespace() : "",
                body);
    var resource = Serialization.unmarshal(text, GenericKubernetesResource.class);
    cluster.client().resource(resource).create();
    made.add(resource);
  }

  /** A Job that wants all four GPUs, and for which others have to go. */
  void weightyJob() {
    var job =
        Serialization.unmarshal(
            """
            apiVersion: batch/v1
            kind: Job
            metadata:
              name: %1$s
              labels: {kueue.x-k8s.io/queue-name: %2$s, kueue.x-k8s.io/priority-class: %2$s-%1$s}
            spec:
              suspend: true
              template:
                spec:
                  restartPolicy: Never
                  automountServiceAccountToken: false
                  securityContext:
                    {runAsNonRoot: true, runAsUser: 65532, seccompProfile: {type: RuntimeDefault}}
                  containers:
                  - name: pause
                    image: keizoku/pause:1
                    imagePullPolicy: Never
                    securityContext:
                      allowPrivilegeEscalation: false
                      capabilities: {drop: [ALL]}
                    resources:
                      requests: {cpu: 10m, memory: 16Mi, nvidia.com/gpu: 4}
                      limits: {memory: 64Mi, nvidia.com/gpu: 4}
            """
                .formatted(WEIGHTY, name()),
            Job.class);
    cluster.apply(job);
  }

  void endWeightyJob() {
    cluster
        .client()
        .batch()
        .v1()
        .jobs()
        .inNamespace(cluster.namespace())
        .withName(WEIGHTY)
        .delete();
  }

  GenericKubernetesResource workloadOf(Job job) {
    return cluster
        .client()
        .genericKubernetesResources("kueue.x-k8s.io/v1beta1", "Workload")
        .inNamespace(cluster.namespace())
        .withLabel("kueue.x-k8s.io/job-uid", job.getMetadata().getUid())
        .list()
        .getItems()
        .getFirst();
  }

  void setActive(GenericKubernetesResource workload, boolean active) {
    cluster
        .client()
        .genericKubernetesResources("kueue.x-k8s.io/v1beta1", "Workload")
        .inNamespace(cluster.namespace())
        .withName(workload.getMetadata().getName())
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"active\":" + active + "}}");
  }

  @Override
  public void close() {
    made.reversed().forEach(resource -> cluster.client().resource(resource).delete());
  }
}
