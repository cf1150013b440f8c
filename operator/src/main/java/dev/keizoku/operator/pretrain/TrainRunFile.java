package dev.keizoku.operator.pretrain;

import dev.keizoku.contract.train.Share;
import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.crd.v1alpha1.spec.BaseModel;
import dev.keizoku.crd.v1alpha1.spec.LocalRef;
import dev.keizoku.crd.v1alpha1.spec.TrainingRecipe;
import dev.keizoku.operator.run.RunHead;

/** The trainer's run file out of the recipe and the pinned inputs. */
final class TrainRunFile {
  private TrainRunFile() {}

  static TrainRun of(TrainingRecipe recipe, RunHead head) {
    return new TrainRun(
        head.runUid(),
        head.name(),
        head.storage(),
        head.output(),
        recipe.baseModel() == null ? null : baseModel(recipe.baseModel(), head),
        recipe.initialize() == null
            ? null
            : new TrainRun.Initialize(
                recipe.initialize().config().configJson(), recipe.initialize().tokenizer().uri()),
        recipe.data().stream().map(d -> data(d.corpusRef(), d.share(), head)).toList(),
        recipe.evaluation().stream().map(e -> data(e.corpusRef(), Share.BY_TOKENS, head)).toList(),
        recipe.training(),
        recipe.optimizer(),
        recipe.parallelism(),
        recipe.checkpoint(),
        recipe.guards(),
        recipe.packing(),
        recipe.samplePrompts());
  }

  private static TrainRun.Model baseModel(BaseModel model, RunHead head) {
    if (model.uri() != null) {
      return new TrainRun.Model(model.uri(), null);
    }
    var input = head.input("ContinualPretrain", model.continualPretrainRef().name());
    return new TrainRun.Model(input.uri(), input.sha256());
  }

  private static TrainRun.Data data(LocalRef corpus, Share share, RunHead head) {
    var input = head.input("FinCorpus", corpus.name());
    return new TrainRun.Data(corpus.name(), input.uri(), input.sha256(), share);
  }
}
