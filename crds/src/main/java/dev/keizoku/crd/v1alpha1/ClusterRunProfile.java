package dev.keizoku.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import dev.keizoku.crd.v1alpha1.profile.ProfileSpec;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** A {@link RunProfile} for the runs of all namespaces. */
@JsonClassDescription(
    "What a platform team gives the runs of all namespaces that refer to it, and what it lets them have.")
@Group("keizoku.dev")
@Version("v1alpha1")
@Plural("clusterrunprofiles")
@ShortNames("crp")
@AdditionalPrinterColumn(name = "QUEUE", jsonPath = ".spec.queueName", type = Type.STRING)
@AdditionalPrinterColumn(name = "GPUS", jsonPath = ".spec.limits.gpus", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "AGE", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
public class ClusterRunProfile extends CustomResource<ProfileSpec, Void> {
  private static final long serialVersionUID = 1L;

  @Override
  @Required
  public ProfileSpec getSpec() {
    return super.getSpec();
  }
}
