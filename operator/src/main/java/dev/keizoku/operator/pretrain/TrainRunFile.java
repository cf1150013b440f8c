package dev.keizoku.operator.pretrain;

import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.crd.v1alpha1.spec.BaseModel;
import dev.keizoku.crd.v1alpha1.spec.Guards;
import dev.keizoku.crd.v1alpha1.spec.Initialize;
import dev.keizoku.crd.v1alpha1.spec.LocalRef;
import dev.keizoku.crd.v1alpha1.spec.TrainingRecipe;
import dev.keizoku.operator.run.RunHead;
import java.util.LinkedHashMap;
import java.util.Map;

/** The trainer's run file out of the recipe and the pinned inputs. */
final class TrainRunFile {
  private TrainRunFile() {}

  static TrainRun of(TrainingRecipe recipe, RunHead head) {
    var optimizer = recipe.optimizer();
    return new TrainRun(
        head.runUid(),
        head.name(),
        head.storage(),
        head.output(),
        recipe.baseModel() == null ? null : baseModel(recipe.baseModel(), head),
        recipe.initialize() == null ? null : initialize(recipe.initialize()),
        recipe.data().stream().map(d -> data(d.corpusRef(), d.weight(), head)).toList(),
        recipe.evaluation().stream().map(set -> data(set.corpusRef(), null, head)).toList(),
        recipe.sequenceLength(),
        training(recipe),
        new TrainRun.Optimizer(
            optimizer.beta1(),
            optimizer.beta2(),
            optimizer.epsilon(),
            optimizer.weightDecay(),
            optimizer.maxGradNorm()),
        parallelism(recipe),
        new TrainRun.Checkpoint(
            recipe.checkpoint().steps(),
            recipe.checkpoint().keepLast(),
            recipe.checkpoint().keepBest()),
        recipe.seed(),
        guards(recipe.guards()),
        new TrainRun.Packing(recipe.packing().crossDocuments()),
        new TrainRun.SamplePrompts(
            recipe.samplePrompts().prompts(), recipe.samplePrompts().maxNewTokens()),
        recipe.export());
  }

  private static TrainRun.Guards guards(Guards guards) {
    var spike = guards.lossSpike();
    var forgetting = guards.forgetting();
    return new TrainRun.Guards(
        new TrainRun.LossSpike(spike.window(), spike.threshold(), spike.maxRollbacks()),
        forgetting == null
            ? null
            : new TrainRun.Forgetting(
                forgetting.heldOut(),
                forgetting.maxIncrease(),
                forgetting.action(),
                forgetting.learningRateFactor(),
                forgetting.maxLowerings()));
  }

  private static TrainRun.Training training(TrainingRecipe recipe) {
    return new TrainRun.Training(
        recipe.epochs(),
        recipe.maxSteps(),
        recipe.globalBatchSize(),
        recipe.microBatchSize(),
        recipe.learningRate(),
        recipe.minLearningRate(),
        recipe.warmupSteps(),
        recipe.schedule(),
        recipe.evaluationSteps());
  }

  private static TrainRun.Parallelism parallelism(TrainingRecipe recipe) {
    var parallelism = recipe.parallelism();
    return new TrainRun.Parallelism(
        parallelism.devices(),
        parallelism.deviceType(),
        parallelism.zeroStage(),
        parallelism.offloadOptimizer(),
        parallelism.activationCheckpointing(),
        recipe.precision());
  }

  private static TrainRun.Model baseModel(BaseModel model, RunHead head) {
    if (model.uri() != null) {
      return new TrainRun.Model(model.uri(), null);
    }
    var input = head.input("ContinualPretrain", model.continualPretrainRef().name());
    return new TrainRun.Model(input.uri(), input.sha256());
  }

  private static TrainRun.Data data(LocalRef corpus, Double weight, RunHead head) {
    var input = head.input("FinCorpus", corpus.name());
    return new TrainRun.Data(corpus.name(), input.uri(), input.sha256(), weight);
  }

  /** In the words of Hugging Face's config.json; the trainer fills in a vocabulary not given. */
  private static TrainRun.Initialize initialize(Initialize initialize) {
    var config = initialize.config();
    Map<String, Object> words = new LinkedHashMap<>();
    boolean qwen = config.modelType() == Initialize.ModelType.QWEN2;
    words.put("model_type", qwen ? "qwen2" : "llama");
    if (config.vocabSize() != null) {
      words.put("vocab_size", config.vocabSize());
    }
    words.put("hidden_size", config.hiddenSize());
    words.put("intermediate_size", config.intermediateSize());
    words.put("num_hidden_layers", config.numHiddenLayers());
    words.put("num_attention_heads", config.numAttentionHeads());
    words.put("num_key_value_heads", config.numKeyValueHeads());
    words.put("max_position_embeddings", config.maxPositionEmbeddings());
    words.put("rms_norm_eps", config.rmsNormEps());
    words.put("rope_theta", config.ropeTheta());
    words.put("tie_word_embeddings", config.tieWordEmbeddings());
    words.put("initializer_range", config.initializerRange());
    words.put("hidden_act", "silu");
    return new TrainRun.Initialize(words, initialize.tokenizer().uri());
  }
}
