package dev.keizoku.operator.eval;

import dev.keizoku.contract.eval.ApiModel;
import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.contract.eval.HeldOutText;
import dev.keizoku.contract.eval.Judge;
import dev.keizoku.contract.result.EvalResult;
import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.crd.v1alpha1.BenchmarkEval;
import dev.keizoku.crd.v1alpha1.ContinualPretrain;
import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.crd.v1alpha1.spec.EvaluationRecipe;
import dev.keizoku.crd.v1alpha1.spec.LocalRef;
import dev.keizoku.crd.v1alpha1.status.BenchmarkEvalStatus;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import dev.keizoku.operator.input.ReferredKinds;
import dev.keizoku.operator.job.ApiKeys;
import dev.keizoku.operator.job.Gpus;
import dev.keizoku.operator.job.JobTemplate;
import dev.keizoku.operator.job.PodShape;
import dev.keizoku.operator.run.FreshResource;
import dev.keizoku.operator.run.References;
import dev.keizoku.operator.run.RunHead;
import dev.keizoku.operator.run.RunKind;
import dev.keizoku.operator.settings.OperatorSettings;
import dev.keizoku.operator.status.Inputs;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What makes a run an evaluation. */
final class EvalKind implements RunKind<BenchmarkEval> {
  private static final String JUDGE = "judge";

  @Override
  public Class<BenchmarkEval> type() {
    return BenchmarkEval.class;
  }

  @Override
  public String image(OperatorSettings.Images images) {
    return images.eval();
  }

  /** Without the gate: it judges a result and changes no score. */
  @Override
  public EvaluationRecipe recipe(BenchmarkEval eval) {
    var recipe = eval.getSpec().recipe();
    return new EvaluationRecipe(
        recipe.base(),
        recipe.candidates(),
        recipe.questions(),
        recipe.perplexity(),
        recipe.bootstrap(),
        recipe.generation(),
        recipe.judge(),
        recipe.passes(),
        null,
        recipe.randomness(),
        recipe.presentation());
  }

  @Override
  public boolean rebuildsOnChange() {
    return false;
  }

  @Override
  public Set<Class<? extends HasMetadata>> refersTo() {
    return Set.of(ContinualPretrain.class, FinCorpus.class);
  }

  @Override
  public Set<String> references(BenchmarkEval eval, Class<? extends HasMetadata> kind) {
    var recipe = recipe(eval);
    if (kind == FinCorpus.class) {
      return recipe.perplexity().stream()
          .map(set -> set.corpusRef().name())
          .collect(Collectors.toSet());
    }
    return Stream.concat(
            Stream.of(recipe.base()).map(EvaluationRecipe.Base::continualPretrainRef),
            recipe.candidates().stream().map(EvaluationRecipe.Candidate::continualPretrainRef))
        .filter(Objects::nonNull)
        .map(LocalRef::name)
        .collect(Collectors.toSet());
  }

  @Override
  public Inputs inputs(BenchmarkEval eval, References references) {
    var recipe = recipe(eval);
    var base = recipe.base();
    follow(references, base.name(), base.uri(), base.continualPretrainRef());
    recipe.candidates().stream()
        .filter(c -> c.api() == null)
        .forEach(c -> follow(references, c.name(), c.uri(), c.continualPretrainRef()));
    recipe.perplexity().forEach(set -> references.follow(ReferredKinds.CORPUS, set.corpusRef()));
    return references.inputs();
  }

  @Override
  public EvalRun runFile(BenchmarkEval eval, RunHead head) {
    var recipe = recipe(eval);
    var base = recipe.base();
    return new EvalRun(
        head.runUid(),
        head.name(),
        head.storage(),
        head.output(),
        model(head, base.name(), base.uri(), base.continualPretrainRef()),
        recipe.candidates().stream().map(c -> candidate(head, c)).toList(),
        recipe.questions(),
        recipe.perplexity().stream().map(set -> heldOut(head, set)).toList(),
        recipe.bootstrap(),
        recipe.generation(),
        judge(recipe.judge()),
        eval.getSpec().recipe().gate(),
        recipe.passes().in(gpus(eval), head.shared() + "/scores"),
        recipe.randomness(),
        recipe.presentation());
  }

  private static Judge.Order judge(EvaluationRecipe.JudgeModel judge) {
    return judge == null
        ? null
        : new Judge.Order(
            judge.settings(), judge.apiKeySecretRef() == null ? null : ApiKeys.path(JUDGE));
  }

  /** Only of the run's pod: a plan asks no endpoint. */
  @Override
  public Map<String, ApiKeys.Entry> apiKeys(BenchmarkEval eval) {
    var keys = new TreeMap<String, ApiKeys.Entry>();
    var judge = recipe(eval).judge();
    if (judge != null && judge.apiKeySecretRef() != null) {
      keys.put(JUDGE, entry(judge.apiKeySecretRef()));
    }
    for (var candidate : recipe(eval).candidates()) {
      if (candidate.api() != null && candidate.api().apiKeySecretRef() != null) {
        keys.put(file(candidate), entry(candidate.api().apiKeySecretRef()));
      }
    }
    return keys;
  }

  private static ApiKeys.Entry entry(EvaluationRecipe.ApiKeyRef ref) {
    return new ApiKeys.Entry(ref.name(), ref.key());
  }

  private static String file(EvaluationRecipe.Candidate candidate) {
    return "candidate-" + candidate.name();
  }

  private static EvalRun.Model candidate(RunHead head, EvaluationRecipe.Candidate candidate) {
    var api = candidate.api();
    if (api == null) {
      return model(head, candidate.name(), candidate.uri(), candidate.continualPretrainRef());
    }
    var key = api.apiKeySecretRef() == null ? null : ApiKeys.path(file(candidate));
    return new EvalRun.Model(
        candidate.name(), null, null, new ApiModel.Order(api.settings(), key, api.completions()));
  }

  @Override
  public List<String> planArguments(BenchmarkEval eval) {
    var arguments = new ArrayList<>(List.of("plan"));
    arguments.addAll(JobTemplate.RUN);
    if (planTriesTheRun(eval)) {
      arguments.add("--calibrate");
    } else if (gpus(eval) == 0) {
      PodShape.memoryLimit(eval.runPolicy().podTemplate())
          .ifPresent(l -> arguments.add("--pod-memory=" + l.getNumericalAmount().toBigInteger()));
    } else {
      product(eval).ifPresent(product -> arguments.add("--gpu-product=" + product));
    }
    return arguments;
  }

  /** Of whole cards: a part of one, or one that is shared, has not its memory. */
  private static Optional<String> product(BenchmarkEval eval) {
    var template = eval.runPolicy().podTemplate();
    var limits = template.resources() == null ? null : template.resources().getLimits();
    boolean whole = named(eval).isEmpty() || (limits != null && limits.containsKey(Gpus.NVIDIA));
    return whole
        ? Optional.ofNullable(template.nodeSelector().get(Gpus.PRODUCT))
        : Optional.empty();
  }

  /** On CPUs nothing dear is held; a queue though has to let the run's pod through first. */
  @Override
  public boolean planTriesTheRun(BenchmarkEval eval) {
    return gpus(eval) == 0 && eval.runPolicy().queueName() == null;
  }

  /** All questions of all prompts are there at once, as text and as tokens of one model. */
  @Override
  public String planMemory() {
    return "3Gi";
  }

  @Override
  public Map<String, Quantity> devices(BenchmarkEval eval) {
    int gpus = gpus(eval);
    return gpus == 0 || named(eval).isPresent()
        ? Map.of()
        : Map.of(Gpus.NVIDIA, new Quantity(Integer.toString(gpus)));
  }

  /** A pod that was given GPUs never scores on its processors because it does not find them. */
  private static int gpus(BenchmarkEval eval) {
    var asked = eval.getSpec().recipe().passes().devices();
    return asked != null ? asked : (int) named(eval).orElse(0);
  }

  private static OptionalLong named(BenchmarkEval eval) {
    return Gpus.of(eval.runPolicy().podTemplate().resources());
  }

  @Override
  public BenchmarkEval status(
      BenchmarkEval eval, RunStatus run, Optional<FinalReport> report, Instant now) {
    var old = run.isAnotherThan(eval.runStatus());
    var status = eval.getStatus() == null ? new BenchmarkEvalStatus() : eval.getStatus();
    EvalResult before = old ? null : status.evaluation();
    var plan = report.map(FinalReport::evalPlan).orElse(run.keepsItsPlan() ? status.plan() : null);
    var result = report.map(FinalReport::eval).orElse(before);
    var judgement = GateJudgement.of(eval.getSpec().recipe().gate(), run, result);
    var judged = judgement.map(j -> j.on(run, eval.runStatus(), now)).orElse(run);
    return FreshResource.of(
        eval,
        new BenchmarkEval(),
        new BenchmarkEvalStatus(
            judged,
            plan,
            result,
            EvalColumns.of(
                run, result, judgement, eval.getSpec().recipe().bootstrap().confidence())));
  }

  private static void follow(References references, String name, String uri, LocalRef ref) {
    if (uri != null) {
      references.uri(name, uri);
    } else {
      references.follow(ReferredKinds.MODEL, ref);
    }
  }

  private static HeldOutText heldOut(RunHead head, EvaluationRecipe.HeldOut set) {
    var name = set.corpusRef().name();
    var input = head.input("FinCorpus", name);
    return new HeldOutText(name, input.uri(), input.sha256(), set.general(), set.limit());
  }

  private static EvalRun.Model model(RunHead head, String name, String uri, LocalRef ref) {
    if (uri != null) {
      return new EvalRun.Model(name, uri, null);
    }
    var input = head.input("ContinualPretrain", ref.name());
    return new EvalRun.Model(name, input.uri(), input.sha256());
  }
}
