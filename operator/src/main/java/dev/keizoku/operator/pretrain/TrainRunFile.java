package dev.keizoku.operator.pretrain;

import dev.keizoku.contract.train.Share;
import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.crd.v1alpha1.spec.BaseModel;
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
    return new TrainRun(
        head.runUid(),
        head.name(),
        head.storage(),
        head.output(),
        recipe.baseModel() == null ? null : baseModel(recipe.baseModel(), head),
        recipe.initialize() == null ? null : initialize(recipe.initialize()),
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
