package dev.keizoku.operator.kubeapi;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBindingBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import org.awaitility.Awaitility;

/** Admission policies in force in one namespace alone, since other tests share the API server. */
final class Policy {
  private static final KubernetesClient CLIENT = KubeApi.get().admin();

  private Policy() {}

  /** Puts those of a chart in force there. */
  static void install(List<HasMetadata> release, String namespace) {
    for (var item : release) {
      if (item instanceof ValidatingAdmissionPolicy) {
        CLIENT.resource(item).serverSideApply();
      } else if (item instanceof ValidatingAdmissionPolicyBinding binding) {
        CLIENT.resource(in(namespace, binding)).serverSideApply();
      }
    }
  }

  /** Puts one in force there that takes only such objects of a kind of the core group. */
  static void only(String namespace, String resource, String expression) {
    var policy =
        new ValidatingAdmissionPolicyBuilder()
            .withNewMetadata()
            .withName(namespace + "-" + resource)
            .endMetadata()
            .withNewSpec()
            .withNewMatchConstraints()
            .addNewResourceRule()
            .withApiGroups("")
            .withApiVersions("v1")
            .withOperations("CREATE")
            .withResources(resource)
            .endResourceRule()
            .endMatchConstraints()
            .addNewValidation()
            .withExpression(expression)
            .endValidation()
            .endSpec()
            .build();
    var name = policy.getMetadata().getName();
    var binding =
        new ValidatingAdmissionPolicyBindingBuilder()
            .withNewMetadata()
            .withName(name)
            .endMetadata()
            .withNewSpec()
            .withPolicyName(name)
            .withValidationActions("Deny")
            .endSpec()
            .build();
    install(List.of(policy, binding), namespace);
  }

  /** Waits until that object is refused: the server reads a policy some time after it is there. */
  static void awaitRefusal(HasMetadata probe) {
    Awaitility.await("the policy to be in force").until(() -> isRefused(probe));
  }

  private static boolean isRefused(HasMetadata probe) {
    try {
      CLIENT.resource(probe).dryRun().create();
      return false;
    } catch (KubernetesClientException e) {
      return e.getMessage().contains("ValidatingAdmissionPolicy");
    }
  }

  private static ValidatingAdmissionPolicyBinding in(
      String namespace, ValidatingAdmissionPolicyBinding binding) {
    return new ValidatingAdmissionPolicyBindingBuilder(binding)
        .editSpec()
        .withNewMatchResources()
        .withNewNamespaceSelector()
        .addToMatchLabels("kubernetes.io/metadata.name", namespace)
        .endNamespaceSelector()
        .endMatchResources()
        .endSpec()
        .build();
  }
}
