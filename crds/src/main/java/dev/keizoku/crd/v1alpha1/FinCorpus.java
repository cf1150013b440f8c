package dev.keizoku.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import dev.keizoku.crd.v1alpha1.profile.ProfileSpec;
import dev.keizoku.crd.v1alpha1.spec.FinCorpusSpec;
import dev.keizoku.crd.v1alpha1.spec.RunPolicy;
import dev.keizoku.crd.v1alpha1.status.FinCorpusStatus;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** A corpus: documents read, cleaned, deduplicated, tokenized and packed into the object store. */
@JsonClassDescription(
    "A corpus: documents read, cleaned, deduplicated, decontaminated, tokenized and packed into the object store.")
@Group("keizoku.dev")
@Version("v1alpha1")
@Plural("fincorpora")
@ShortNames("fc")
@AdditionalPrinterColumn(name = "PHASE", jsonPath = ".status.phase", type = Type.STRING)
@AdditionalPrinterColumn(
    name = "PROGRESS",
    jsonPath = ".status.columns.progress",
    type = Type.STRING)
@AdditionalPrinterColumn(name = "ETA", jsonPath = ".status.columns.eta", type = Type.STRING)
@AdditionalPrinterColumn(name = "DOCS", jsonPath = ".status.columns.docs", type = Type.STRING)
@AdditionalPrinterColumn(name = "TOKENS", jsonPath = ".status.columns.tokens", type = Type.STRING)
@AdditionalPrinterColumn(name = "VERSION", jsonPath = ".status.columns.version", type = Type.STRING)
@AdditionalPrinterColumn(name = "AGE", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
@AdditionalPrinterColumn(
    name = "RATE",
    jsonPath = ".status.columns.rate",
    type = Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(
    name = "LOST",
    jsonPath = ".status.columns.lost",
    type = Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(
    name = "MESSAGE",
    jsonPath = ".status.message",
    type = Type.STRING,
    priority = 1)
@ValidationRule(value = Rules.NAME_FITS, message = Rules.NAME_FITS_MESSAGE)
@ValidationRule(
    value =
        Rules.NEVER_STARTED
            + "(has(self.spec.storage) == has(oldSelf.spec.storage)"
            + " && (!has(self.spec.storage)"
            + " || self.spec.storage == oldSelf.spec.storage))",
    message = "spec.storage" + Rules.KEEPS_ALWAYS)
public class FinCorpus extends CustomResource<FinCorpusSpec, FinCorpusStatus>
    implements Namespaced, RunResource {
  private static final long serialVersionUID = 1L;

  @Override
  @Required
  public FinCorpusSpec getSpec() {
    return super.getSpec();
  }

  @Override
  public RunPolicy runPolicy() {
    return under(getSpec().run(), ProfileSpec.Images::corpus);
  }

  @Override
  public RunStatus runStatus() {
    return getStatus() == null ? RunStatus.EMPTY : getStatus().run();
  }

  /**
   * The Operator SDK gives one to what answers no; who goes by itself needs none. What it sends to
   * give one has no spec.
   */
  @Override
  public boolean hasFinalizer(String finalizer) {
    return (getSpec() != null && goesByItself()) || super.hasFinalizer(finalizer);
  }
}
