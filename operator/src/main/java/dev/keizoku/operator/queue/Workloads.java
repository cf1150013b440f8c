package dev.keizoku.operator.queue;

import dev.keizoku.operator.naming.Labels;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Optional;

/**
 * What Kueue makes of Jobs. Nothing of it is watched: a cluster may have no Kueue.
 *
 * @param client that may list them
 * @param namespace of the Jobs
 */
record Workloads(KubernetesClient client, String namespace) {
  private static final String JOB_UID = "kueue.x-k8s.io/job-uid";

  /** Served by Kueue 0.9 and newer. */
  private static final ResourceDefinitionContext WORKLOAD =
      new ResourceDefinitionContext.Builder()
          .withGroup("kueue.x-k8s.io")
          .withVersion("v1beta1")
          .withKind("Workload")
          .withPlural("workloads")
          .withNamespaced(true)
          .build();

  /**
   * That of a Job.
   *
   * @throws KubernetesClientException with code 404 where there is no Kueue
   */
  Optional<GenericKubernetesResource> of(String jobUid) {
    return all().inNamespace(namespace).withLabel(JOB_UID, jobUid).list().getItems().stream()
        .findFirst();
  }

  /** Sets an annotation and leaves all else to Kueue. */
  void annotate(GenericKubernetesResource workload, String annotation, String value) {
    var meta = workload.getMetadata();
    var part =
        new GenericKubernetesResourceBuilder()
            .withApiVersion(workload.getApiVersion())
            .withKind(workload.getKind())
            .withNewMetadata()
            .withName(meta.getName())
            .withNamespace(meta.getNamespace())
            // Of one that is gone none is made.
            .withUid(meta.getUid())
            .addToAnnotations(annotation, value)
            .endMetadata()
            .build();
    all().resource(part).fieldManager(Labels.OPERATOR).forceConflicts().serverSideApply();
  }

  private MixedOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      all() {
    return client.genericKubernetesResources(WORKLOAD);
  }
}
