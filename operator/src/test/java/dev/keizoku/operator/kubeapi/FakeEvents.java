package dev.keizoku.operator.kubeapi;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Locale;

/** What the Job controller and the kubelet say in events and nowhere else. */
record FakeEvents(KubernetesClient client, String namespace) {

  void warn(HasMetadata about, String reason, String message) {
    var now = FakeContainers.now();
    var meta = about.getMetadata();
    client
        .resource(
            new EventBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(meta.getName() + "." + reason.toLowerCase(Locale.ROOT))
                .endMetadata()
                .withInvolvedObject(
                    new ObjectReferenceBuilder()
                        .withApiVersion(about.getApiVersion())
                        .withKind(about.getKind())
                        .withNamespace(namespace)
                        .withName(meta.getName())
                        .withUid(meta.getUid())
                        .build())
                .withType("Warning")
                .withReason(reason)
                .withMessage(message)
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .build())
        .create();
  }
}
