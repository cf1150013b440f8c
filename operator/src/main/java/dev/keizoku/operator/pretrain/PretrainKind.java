package dev.keizoku.operator.pretrain;

import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.contract.train.Parallelism.DeviceType;
import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.crd.v1alpha1.BenchmarkEval;
import dev.keizoku.crd.v1alpha1.ContinualPretrain;
import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.crd.v1alpha1.spec.TrainingRecipe;
import dev.keizoku.crd.v1alpha1.status.ContinualPretrainStatus;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import dev.keizoku.operator.input.ReferredKinds;
import dev.keizoku.operator.job.Gpus;
import dev.keizoku.operator.job.JobTemplate;
import dev.keizoku.operator.job.PodShape;
import dev.keizoku.operator.run.FreshResource;
import dev.keizoku.operator.run.References;
import dev.keizoku.operator.run.RunHead;
import dev.keizoku.operator.run.RunKind;
import dev.keizoku.operator.settings.OperatorSettings;
import dev.keizoku.operator.status.Conditions;
import dev.keizoku.operator.status.Inputs;
import dev.keizoku.operator.words.RunReason;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.CustomResource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What makes a run a training. */
final class PretrainKind implements RunKind<ContinualPretrain> {
  private static final long LEAST_MEBIBYTES = 64;

  @Override
  public Class<ContinualPretrain> type() {
    return ContinualPretrain.class;
  }

  @Override
  public String image(OperatorSettings.Images images) {
    return images.trainer();
  }

  @Override
  public TrainingRecipe recipe(ContinualPretrain pretrain) {
    return pretrain.getSpec().recipe();
  }

  @Override
  public boolean rebuildsOnChange() {
    return false;
  }

  @Override
  public Set<Class<? extends HasMetadata>> refersTo() {
    return Set.of(FinCorpus.class, ContinualPretrain.class);
  }

  @Override
  public Set<Class<? extends CustomResource<?, ?>>> readBy() {
    return Set.of(ContinualPretrain.class, BenchmarkEval.class);
  }

  @Override
  public Set<String> references(ContinualPretrain pretrain, Class<? extends HasMetadata> kind) {
    var recipe = recipe(pretrain);
    if (kind == FinCorpus.class) {
      return Stream.concat(
              recipe.data().stream().map(data -> data.corpusRef().name()),
              recipe.evaluation().stream().map(set -> set.corpusRef().name()))
          .collect(Collectors.toSet());
    }
    return recipe.baseModel() == null || recipe.baseModel().continualPretrainRef() == null
        ? Set.of()
        : Set.of(recipe.baseModel().continualPretrainRef().name());
  }

  @Override
  public Inputs inputs(ContinualPretrain pretrain, References references) {
    var recipe = recipe(pretrain);
    if (recipe.initialize() != null) {
      references.uri("tokenizer", recipe.initialize().tokenizer().uri());
    } else if (recipe.baseModel().uri() != null) {
      references.uri("baseModel", recipe.baseModel().uri());
    } else {
      references.follow(ReferredKinds.MODEL, recipe.baseModel().continualPretrainRef());
    }
    recipe.data().forEach(data -> references.follow(ReferredKinds.CORPUS, data.corpusRef()));
    recipe.evaluation().forEach(set -> references.follow(ReferredKinds.CORPUS, set.corpusRef()));
    return references.inputs();
  }

  /** A pod that was given GPUs never trains on its processors because it does not find them. */
  @Override
  public TrainRun runFile(ContinualPretrain pretrain, RunHead head) {
    return TrainRunFile.of(recipe(pretrain), head)
        .on(onCpus(pretrain) ? DeviceType.CPU : DeviceType.GPU);
  }

  @Override
  public List<String> planArguments(ContinualPretrain pretrain) {
    var arguments = new ArrayList<>(List.of("plan"));
    arguments.addAll(JobTemplate.RUN);
    var parallelism = recipe(pretrain).parallelism();
    var template = pretrain.runPolicy().podTemplate();
    var product = template.nodeSelector().get(Gpus.PRODUCT);
    PodShape.memoryLimit(template)
        .ifPresent(l -> arguments.add("--pod-memory=" + l.getNumericalAmount().toBigInteger()));
    boolean gpus = !onCpus(pretrain);
    if (planTriesTheRun(pretrain)) {
      arguments.add("--calibrate");
    }
    if (!gpus && parallelism.deviceType() == DeviceType.AUTO) {
      arguments.add("--device=cpu");
    } else if (gpus && parallelism.deviceKind() != null) {
      arguments.add("--device=" + parallelism.deviceKind());
    } else if (gpus && product != null) {
      arguments.add("--gpu-product=" + product);
    }
    return arguments;
  }

  /** On CPUs nothing dear is held; a queue though has to let the run's pod through first. */
  @Override
  public boolean planTriesTheRun(ContinualPretrain pretrain) {
    return onCpus(pretrain) && pretrain.runPolicy().queueName() == null;
  }

  /** Whether the ranks end on CPUs: they were told to, or may and their pod is given no GPU. */
  private static boolean onCpus(ContinualPretrain pretrain) {
    var type = pretrain.getSpec().recipe().parallelism().deviceType();
    return type == DeviceType.CPU
        || (type == DeviceType.AUTO && named(pretrain).equals(OptionalLong.of(0)));
  }

  private static OptionalLong named(ContinualPretrain pretrain) {
    return Gpus.of(pretrain.runPolicy().podTemplate().resources());
  }

  @Override
  public Map<String, Quantity> devices(ContinualPretrain pretrain) {
    var needed = new TreeMap<String, Quantity>();
    var parallelism = recipe(pretrain).parallelism();
    if (parallelism.deviceType() != DeviceType.CPU && named(pretrain).isEmpty()) {
      needed.put(Gpus.NVIDIA, new Quantity(parallelism.devices().toString()));
    }
    var plan = pretrain.getStatus() == null ? null : pretrain.getStatus().plan();
    // A queue that has no quota of it (few do) would never admit the run.
    if (plan != null
        && plan.storage() != null
        && pretrain.runPolicy().queueName() == null
        && PodShape.scratchIsTheNodes(pretrain.runPolicy().podTemplate())) {
      needed.put(PodShape.DISK, mebibytes(plan.storage().scratchBytes()));
    }
    return needed;
  }

  /** Also of a run that writes next to nothing: files have a block each, and the log is there. */
  private static Quantity mebibytes(long bytes) {
    return new Quantity(Math.ceilDiv(bytes, 1L << 20) + LEAST_MEBIBYTES + "Mi");
  }

  private static String gpus(ContinualPretrain pretrain) {
    var devices = pretrain.getSpec().recipe().parallelism().devices().toString();
    return onCpus(pretrain) ? devices + " (cpu)" : devices;
  }

  @Override
  public ContinualPretrain status(
      ContinualPretrain pretrain, RunStatus run, Optional<FinalReport> report, Instant now) {
    var status = pretrain.getStatus();
    var before = status == null ? new ContinualPretrainStatus() : status;
    var training =
        report
            .map(FinalReport::train)
            .orElse(run.isAnotherThan(before.run()) ? null : before.training());
    var plan = report.map(FinalReport::plan).orElse(run.keepsItsPlan() ? before.plan() : null);
    var saved = run.lastCheckpoint();
    var condition =
        Conditions.condition(
            "CheckpointSaved",
            saved != null,
            saved == null ? RunReason.NO_CHECKPOINT_YET : RunReason.CHECKPOINT_COMMITTED,
            saved == null ? "" : "The newest checkpoint is of step %d.".formatted(saved.step()));
    var settled = Conditions.settle(condition, pretrain.runStatus(), run.observedGeneration(), now);
    return FreshResource.of(
        pretrain,
        new ContinualPretrain(),
        new ContinualPretrainStatus(
            run.plus(settled), plan, training, PretrainColumns.of(gpus(pretrain), run, training)));
  }
}
