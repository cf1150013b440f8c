package dev.keizoku.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import dev.keizoku.crd.v1alpha1.profile.ProfileSpec;
import dev.keizoku.crd.v1alpha1.spec.BenchmarkEvalSpec;
import dev.keizoku.crd.v1alpha1.spec.RunPolicy;
import dev.keizoku.crd.v1alpha1.status.BenchmarkEvalStatus;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** A comparison: base and candidates scored on the same items, and the difference tested. */
@JsonClassDescription(
    "A comparison: a base and candidates scored on the same items, the difference tested, and a gate.")
@Group("keizoku.dev")
@Version("v1alpha1")
@ShortNames("be")
@AdditionalPrinterColumn(name = "PHASE", jsonPath = ".status.phase", type = Type.STRING)
@AdditionalPrinterColumn(name = "BASE", jsonPath = ".status.columns.base", type = Type.STRING)
@AdditionalPrinterColumn(name = "TUNED", jsonPath = ".status.columns.tuned", type = Type.STRING)
@AdditionalPrinterColumn(name = "DELTA", jsonPath = ".status.columns.delta", type = Type.STRING)
@AdditionalPrinterColumn(name = "SIG", jsonPath = ".status.columns.sig", type = Type.STRING)
@AdditionalPrinterColumn(name = "GATE", jsonPath = ".status.columns.gate", type = Type.STRING)
@AdditionalPrinterColumn(
    name = "PROGRESS",
    jsonPath = ".status.columns.progress",
    type = Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(
    name = "DETECTABLE",
    jsonPath = ".status.plan.detectable",
    type = Type.NUMBER,
    priority = 1)
@AdditionalPrinterColumn(
    name = "MESSAGE",
    jsonPath = ".status.message",
    type = Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(name = "AGE", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
@ValidationRule(value = Rules.NAME_FITS, message = Rules.NAME_FITS_MESSAGE)
@ValidationRule(
    value =
        Rules.NOT_STARTED
            + "(self.spec.base == oldSelf.spec.base"
            + " && self.spec.candidates == oldSelf.spec.candidates)",
    message = "spec.base and spec.candidates" + Rules.KEEPS)
@ValidationRule(
    value =
        Rules.NOT_STARTED
            + "(self.spec.tasks == oldSelf.spec.tasks"
            + " && (has(self.spec.promptVersions) == has(oldSelf.spec.promptVersions)"
            + " && (!has(self.spec.promptVersions)"
            + " || self.spec.promptVersions == oldSelf.spec.promptVersions))"
            + " && (has(self.spec.includePath) == has(oldSelf.spec.includePath)"
            + " && (!has(self.spec.includePath)"
            + " || self.spec.includePath == oldSelf.spec.includePath))"
            + " && (has(self.spec.chat) == has(oldSelf.spec.chat)"
            + " && (!has(self.spec.chat) || self.spec.chat == oldSelf.spec.chat))"
            + " && (has(self.spec.perplexity) == has(oldSelf.spec.perplexity)"
            + " && (!has(self.spec.perplexity)"
            + " || self.spec.perplexity == oldSelf.spec.perplexity))"
            + " && self.spec.bootstrap == oldSelf.spec.bootstrap"
            + " && (has(self.spec.generation) == has(oldSelf.spec.generation)"
            + " && (!has(self.spec.generation)"
            + " || self.spec.generation == oldSelf.spec.generation))"
            + " && (has(self.spec.judge) == has(oldSelf.spec.judge)"
            + " && (!has(self.spec.judge) || self.spec.judge == oldSelf.spec.judge))"
            + " && self.spec.batchTokens == oldSelf.spec.batchTokens"
            + " && (has(self.spec.dtype) == has(oldSelf.spec.dtype)"
            + " && (!has(self.spec.dtype) || self.spec.dtype == oldSelf.spec.dtype))"
            + " && (has(self.spec.addBosToken) == has(oldSelf.spec.addBosToken)"
            + " && (!has(self.spec.addBosToken)"
            + " || self.spec.addBosToken == oldSelf.spec.addBosToken))"
            + " && (has(self.spec.devices) == has(oldSelf.spec.devices)"
            + " && (!has(self.spec.devices) || self.spec.devices == oldSelf.spec.devices))"
            + " && (has(self.spec.scores) == has(oldSelf.spec.scores)"
            + " && (!has(self.spec.scores) || self.spec.scores == oldSelf.spec.scores))"
            + " && self.spec.seed == oldSelf.spec.seed"
            + " && self.spec.language == oldSelf.spec.language)",
    message =
        "spec.tasks, promptVersions, includePath, chat, perplexity, bootstrap, generation,"
            + " judge, batchTokens, dtype, addBosToken, devices, scores, seed and language"
            + Rules.KEEPS)
@ValidationRule(
    value =
        Rules.NEVER_STARTED
            + "(has(self.spec.storage) == has(oldSelf.spec.storage)"
            + " && (!has(self.spec.storage)"
            + " || self.spec.storage == oldSelf.spec.storage))",
    message = "spec.storage" + Rules.KEEPS_ALWAYS)
public class BenchmarkEval extends CustomResource<BenchmarkEvalSpec, BenchmarkEvalStatus>
    implements Namespaced, RunResource {
  private static final long serialVersionUID = 1L;

  @Override
  @Required
  public BenchmarkEvalSpec getSpec() {
    return super.getSpec();
  }

  @Override
  public RunPolicy runPolicy() {
    return under(getSpec().run(), ProfileSpec.Images::eval);
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
