package dev.keizoku.operator.corpus;

import dev.keizoku.contract.corpus.CorpusRun;
import dev.keizoku.contract.result.CorpusResult;
import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.crd.v1alpha1.ContinualPretrain;
import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.crd.v1alpha1.spec.CorpusRecipe;
import dev.keizoku.crd.v1alpha1.status.FinCorpusStatus;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import dev.keizoku.operator.run.FreshResource;
import dev.keizoku.operator.run.References;
import dev.keizoku.operator.run.RunHead;
import dev.keizoku.operator.run.RunKind;
import dev.keizoku.operator.settings.OperatorSettings;
import dev.keizoku.operator.status.Conditions;
import dev.keizoku.operator.status.Inputs;
import dev.keizoku.operator.words.RunReason;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What makes a run a corpus run. */
final class CorpusKind implements RunKind<FinCorpus> {
  @Override
  public Class<FinCorpus> type() {
    return FinCorpus.class;
  }

  @Override
  public String image(OperatorSettings.Images images) {
    return images.corpus();
  }

  @Override
  public CorpusRecipe recipe(FinCorpus corpus) {
    return corpus.getSpec().recipe();
  }

  @Override
  public boolean rebuildsOnChange() {
    return true;
  }

  @Override
  public Set<Class<? extends HasMetadata>> refersTo() {
    return Set.of();
  }

  @Override
  public Set<Class<? extends CustomResource<?, ?>>> readBy() {
    return Set.of(ContinualPretrain.class);
  }

  @Override
  public Set<String> references(FinCorpus corpus, Class<? extends HasMetadata> kind) {
    return Set.of();
  }

  @Override
  public Inputs inputs(FinCorpus corpus, References references) {
    var recipe = recipe(corpus);
    recipe.sources().forEach(source -> references.uri(source.name(), source.uri()));
    recipe.decontaminate().benchmarks().stream()
        .filter(benchmark -> benchmark.uri() != null)
        .forEach(benchmark -> references.uri(benchmark.name(), benchmark.uri()));
    return references.uri("tokenizer", recipe.tokenizer().uri()).inputs();
  }

  @Override
  public CorpusRun runFile(FinCorpus corpus, RunHead head) {
    var recipe = recipe(corpus);
    return new CorpusRun(
        head.runUid(),
        head.name(),
        head.storage(),
        head.output(),
        recipe.sources(),
        recipe.filters(),
        recipe.deduplication(),
        recipe.decontaminate(),
        recipe.removals(),
        recipe.tokenizer().uri(),
        recipe.tokenization(),
        recipe.heldOut(),
        recipe.randomness());
  }

  @Override
  public FinCorpus status(
      FinCorpus corpus, RunStatus run, Optional<FinalReport> report, Instant now) {
    var before = corpus.getStatus() == null ? null : corpus.getStatus().corpus();
    var result = report.map(FinalReport::corpus).orElse(before);
    return FreshResource.of(
        corpus,
        new FinCorpus(),
        new FinCorpusStatus(
            warned(run, corpus.runStatus(), result, now), result, CorpusColumns.of(run, result)));
  }

  /** With the condition {@code FilesLeftOut} where a source lost more than a tenth of its files. */
  private static RunStatus warned(
      RunStatus run, RunStatus before, CorpusResult result, Instant now) {
    if (result == null || result.leftOutWarning() == null || run.phase() == null) {
      return run;
    }
    var told =
        Conditions.condition(
            "FilesLeftOut", true, RunReason.FILES_LEFT_OUT, result.leftOutWarning());
    return run.plus(Conditions.settle(told, before, run.observedGeneration(), now));
  }
}
