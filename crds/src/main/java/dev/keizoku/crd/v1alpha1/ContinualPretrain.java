package dev.keizoku.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import dev.keizoku.crd.v1alpha1.profile.ProfileSpec;
import dev.keizoku.crd.v1alpha1.spec.ContinualPretrainSpec;
import dev.keizoku.crd.v1alpha1.spec.RunPolicy;
import dev.keizoku.crd.v1alpha1.status.ContinualPretrainStatus;
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

/** A model trained on: from a base model (or random weights) and corpora to a tuned model. */
@JsonClassDescription(
    "A training: from a base model, or random weights, and corpora to a tuned model.")
@Group("keizoku.dev")
@Version("v1alpha1")
@ShortNames("cpt")
@AdditionalPrinterColumn(name = "PHASE", jsonPath = ".status.phase", type = Type.STRING)
@AdditionalPrinterColumn(name = "STEP", jsonPath = ".status.columns.step", type = Type.STRING)
@AdditionalPrinterColumn(
    name = "PROGRESS",
    jsonPath = ".status.columns.progress",
    type = Type.STRING)
@AdditionalPrinterColumn(name = "LOSS", jsonPath = ".status.columns.loss", type = Type.STRING)
@AdditionalPrinterColumn(name = "ETA", jsonPath = ".status.columns.eta", type = Type.STRING)
@AdditionalPrinterColumn(name = "GPUS", jsonPath = ".status.columns.gpus", type = Type.STRING)
@AdditionalPrinterColumn(
    name = "QUEUE",
    jsonPath = ".spec.queueName",
    type = Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(
    name = "CKPT-AGE",
    jsonPath = ".status.lastCheckpoint.time",
    type = Type.DATE,
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
        "!has(self.spec.baseModel) || !has(self.spec.baseModel.continualPretrainRef)"
            + " || self.spec.baseModel.continualPretrainRef.name != self.metadata.name",
    message =
        "spec.baseModel.continualPretrainRef names this resource itself;"
            + " name the one whose model it goes on from")
@ValidationRule(
    value =
        Rules.NOT_STARTED
            + "((has(self.spec.baseModel) == has(oldSelf.spec.baseModel)"
            + " && (!has(self.spec.baseModel)"
            + " || self.spec.baseModel == oldSelf.spec.baseModel))"
            + " && (has(self.spec.initialize) == has(oldSelf.spec.initialize)"
            + " && (!has(self.spec.initialize)"
            + " || self.spec.initialize == oldSelf.spec.initialize)))",
    message = "spec.baseModel and spec.initialize" + Rules.KEEPS)
@ValidationRule(
    value =
        Rules.NOT_STARTED
            + "(self.spec.data == oldSelf.spec.data"
            + " && (has(self.spec.evaluation) == has(oldSelf.spec.evaluation)"
            + " && (!has(self.spec.evaluation)"
            + " || self.spec.evaluation == oldSelf.spec.evaluation)))",
    message = "spec.data and spec.evaluation" + Rules.KEEPS)
@ValidationRule(
    value =
        Rules.NOT_STARTED
            + "(self.spec.sequenceLength == oldSelf.spec.sequenceLength"
            + " && (has(self.spec.epochs) == has(oldSelf.spec.epochs)"
            + " && (!has(self.spec.epochs)"
            + " || self.spec.epochs == oldSelf.spec.epochs))"
            + " && (has(self.spec.maxSteps) == has(oldSelf.spec.maxSteps)"
            + " && (!has(self.spec.maxSteps)"
            + " || self.spec.maxSteps == oldSelf.spec.maxSteps))"
            + " && self.spec.globalBatchSize == oldSelf.spec.globalBatchSize)",
    message = "spec.sequenceLength, epochs, maxSteps and globalBatchSize" + Rules.KEEPS)
@ValidationRule(
    value =
        Rules.NOT_STARTED
            + "(self.spec.learningRate == oldSelf.spec.learningRate"
            + " && self.spec.minLearningRate == oldSelf.spec.minLearningRate"
            + " && self.spec.warmupSteps == oldSelf.spec.warmupSteps"
            + " && self.spec.schedule == oldSelf.spec.schedule"
            + " && self.spec.optimizer == oldSelf.spec.optimizer)",
    message =
        "spec.learningRate, minLearningRate, warmupSteps, schedule and optimizer" + Rules.KEEPS)
@ValidationRule(
    value =
        Rules.NOT_STARTED
            + "(self.spec.precision == oldSelf.spec.precision"
            + " && (has(self.spec.evaluationSteps) == has(oldSelf.spec.evaluationSteps)"
            + " && (!has(self.spec.evaluationSteps)"
            + " || self.spec.evaluationSteps == oldSelf.spec.evaluationSteps))"
            + " && (has(self.spec.addBosToken) == has(oldSelf.spec.addBosToken)"
            + " && (!has(self.spec.addBosToken)"
            + " || self.spec.addBosToken == oldSelf.spec.addBosToken))"
            + " && self.spec.seed == oldSelf.spec.seed)",
    message = "spec.precision, evaluationSteps, addBosToken and seed" + Rules.KEEPS)
@ValidationRule(
    value =
        Rules.NOT_STARTED
            + Rules.STANDS_STILL
            + "(self.spec.parallelism == oldSelf.spec.parallelism"
            + " && self.spec.microBatchSize == oldSelf.spec.microBatchSize"
            + " && self.spec.checkpoint == oldSelf.spec.checkpoint"
            + " && self.spec.export == oldSelf.spec.export"
            + " && (has(self.spec.exportAs) == has(oldSelf.spec.exportAs)"
            + " && (!has(self.spec.exportAs)"
            + " || self.spec.exportAs == oldSelf.spec.exportAs))"
            + " && (has(self.spec.exportDtype) == has(oldSelf.spec.exportDtype)"
            + " && (!has(self.spec.exportDtype)"
            + " || self.spec.exportDtype == oldSelf.spec.exportDtype)))",
    message =
        "spec.parallelism, microBatchSize, checkpoint, export, exportAs and exportDtype"
            + Rules.CHANGE_WHILE_SUSPENDED)
@ValidationRule(
    value =
        Rules.NOT_STARTED
            + "(self.spec.guards == oldSelf.spec.guards"
            + " && self.spec.packing == oldSelf.spec.packing"
            + " && self.spec.samplePrompts == oldSelf.spec.samplePrompts)",
    message = "spec.guards, packing and samplePrompts" + Rules.KEEPS)
@ValidationRule(
    value =
        Rules.NEVER_STARTED
            + "(has(self.spec.storage) == has(oldSelf.spec.storage)"
            + " && (!has(self.spec.storage)"
            + " || self.spec.storage == oldSelf.spec.storage))",
    message = "spec.storage" + Rules.KEEPS_ALWAYS)
public class ContinualPretrain
    extends CustomResource<ContinualPretrainSpec, ContinualPretrainStatus>
    implements Namespaced, RunResource {
  private static final long serialVersionUID = 1L;

  @Override
  @Required
  public ContinualPretrainSpec getSpec() {
    return super.getSpec();
  }

  @Override
  public RunPolicy runPolicy() {
    return under(getSpec().run(), ProfileSpec.Images::trainer);
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
