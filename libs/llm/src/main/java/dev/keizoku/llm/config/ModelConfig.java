package dev.keizoku.llm.config;

import dev.keizoku.contract.fault.RunFault;
import java.util.Map;

/**
 * What {@code config.json} says, in one form for every supported family.
 *
 * @param family decides what no number says
 * @param vocabularySize rows of the embedding
 * @param hiddenSize width D of the residual stream
 * @param intermediateSize width F of the MLP
 * @param layers number of blocks
 * @param heads query heads
 * @param keyValueHeads key and value heads; divides {@code heads}
 * @param headSize width of a head
 * @param maxPositions longest sequence, in tokens
 * @param normEpsilon of RMSNorm
 * @param qkvBias query, key and value projections have a bias
 * @param outputBias the attention's output projection has a bias
 * @param mlpBias the MLP's projections have biases
 * @param queryKeyNorm RMSNorm over each query and key head
 * @param tiedEmbeddings the output layer is the embedding
 * @param rope the rotary embedding
 * @param window how far back each block sees
 */
public record ModelConfig(
    ModelFamily family,
    int vocabularySize,
    int hiddenSize,
    int intermediateSize,
    int layers,
    int heads,
    int keyValueHeads,
    int headSize,
    int maxPositions,
    double normEpsilon,
    boolean qkvBias,
    boolean outputBias,
    boolean mlpBias,
    boolean queryKeyNorm,
    boolean tiedEmbeddings,
    RopeConfig rope,
    SlidingWindow window) {

  private static final int MOST_LAYERS = 10_000;

  /**
   * Reads a Hugging Face configuration.
   *
   * @param json the parsed {@code config.json}
   * @throws RunFault with a sentence that names the field, when the architecture is not supported
   *     or a number cannot be
   */
  public static ModelConfig of(Map<String, Object> json) {
    var family = family(new ConfigFields(json));
    var fields = new ConfigFields(family.ownWords() ? FirstQwenConfig.translate(json) : json);
    rejectUnsupported(fields);
    var heads = fields.positive("num_attention_heads", null);
    var hidden = fields.positive("hidden_size", null);
    var keyValueHeads = fields.positive("num_key_value_heads", heads);
    if (heads % keyValueHeads != 0) {
      throw fields.fault("num_attention_heads is no multiple of num_key_value_heads");
    }
    var headSize = headSize(fields, family, hidden, heads);
    var layers = layers(fields);
    var attentionBias = fields.flag("attention_bias", false);
    return new ModelConfig(
        family,
        fields.positive("vocab_size", null),
        hidden,
        fields.positive("intermediate_size", null),
        layers,
        heads,
        keyValueHeads,
        headSize,
        fields.positive("max_position_embeddings", 2048),
        fields.aboveZero("rms_norm_eps", 1e-6),
        family.fixedBiases() || attentionBias,
        !family.fixedBiases() && attentionBias,
        fields.flag("mlp_bias", false),
        family.queryKeyNorm(),
        fields.flag("tie_word_embeddings", false),
        RopeConfig.of(fields, headSize),
        SlidingWindow.of(fields, family, layers));
  }

  private static ModelFamily family(ConfigFields fields) {
    var type = fields.text("model_type", "");
    return ModelFamily.of(type)
        .orElseThrow(
            () ->
                fields.fault(
                    "model_type is \"%s\"; supported are %s".formatted(type, ModelFamily.names())));
  }

  // Each is laid out before its tensors are looked for: a number that lies must not fill the
  // memory.
  private static int layers(ConfigFields fields) {
    var layers = fields.positive("num_hidden_layers", null);
    if (layers > MOST_LAYERS) {
      throw fields.fault(
          "num_hidden_layers is %d; it must be at most %d".formatted(layers, MOST_LAYERS));
    }
    return layers;
  }

  private static int headSize(ConfigFields fields, ModelFamily family, int hidden, int heads) {
    var explicit = fields.positive("head_dim", family.usualHeadSize());
    if (explicit == 0 && hidden % heads != 0) {
      throw fields.fault("hidden_size is no multiple of num_attention_heads");
    }
    var size = explicit == 0 ? hidden / heads : explicit;
    if (size % 2 != 0) {
      throw fields.fault("the head size %d is odd".formatted(size));
    }
    return size;
  }

  private static void rejectUnsupported(ConfigFields fields) {
    if (fields.has("auto_map")) {
      throw fields.fault("the model needs remote code (auto_map), which is never run");
    }
    if (fields.has("quantization_config")) {
      throw fields.fault("the weights are quantized; give the full-precision model");
    }
    var activation = fields.text("hidden_act", "silu");
    if (!activation.equals("silu")) {
      throw fields.fault("hidden_act is \"%s\"; supported is silu".formatted(activation));
    }
  }

  /** Width of the query rows: heads x head size. */
  public int queryWidth() {
    return heads * headSize;
  }

  /** Width of the key rows, and of the value rows. */
  public int keyValueWidth() {
    return keyValueHeads * headSize;
  }

  /** Number of trained parameters. */
  public long parameters() {
    return ModelLayout.of(this).units().stream().mapToLong(ParameterUnit::elements).sum();
  }
}
