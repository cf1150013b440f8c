package dev.keizoku.llm.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Which parameters a model has and how they are grouped into units, in forward order.
 *
 * @param config the model
 * @param units the embedding, each block, the head
 */
public record ModelLayout(ModelConfig config, List<ParameterUnit> units) {

  /** The layout of a model. */
  public static ModelLayout of(ModelConfig config) {
    var units = new ArrayList<ParameterUnit>();
    units.add(
        new ParameterUnit.Builder("embedding", "model.")
            .add("embed_tokens.weight", config.vocabularySize(), config.hiddenSize())
            .build());
    for (var layer = 0; layer < config.layers(); layer++) {
      units.add(block(config, layer));
    }
    units.add(
        new ParameterUnit.Builder("head", "")
            .add("model.norm.weight", config.hiddenSize())
            .addIf(
                !config.tiedEmbeddings(),
                "lm_head.weight",
                config.vocabularySize(),
                config.hiddenSize())
            .build());
    return new ModelLayout(config, List.copyOf(units));
  }

  private static ParameterUnit block(ModelConfig config, int layer) {
    long d = config.hiddenSize();
    long f = config.intermediateSize();
    long q = config.queryWidth();
    long kv = config.keyValueWidth();
    long head = config.headSize();
    return new ParameterUnit.Builder("layers." + layer, "model.layers." + layer + ".")
        .add("self_attn.q_proj.weight", q, d)
        .add("self_attn.k_proj.weight", kv, d)
        .add("self_attn.v_proj.weight", kv, d)
        .addIf(config.qkvBias(), "self_attn.q_proj.bias", q)
        .addIf(config.qkvBias(), "self_attn.k_proj.bias", kv)
        .addIf(config.qkvBias(), "self_attn.v_proj.bias", kv)
        .add("self_attn.o_proj.weight", d, q)
        .addIf(config.outputBias(), "self_attn.o_proj.bias", d)
        .add("mlp.gate_proj.weight", f, d)
        .add("mlp.up_proj.weight", f, d)
        .addIf(config.mlpBias(), "mlp.gate_proj.bias", f)
        .addIf(config.mlpBias(), "mlp.up_proj.bias", f)
        .add("mlp.down_proj.weight", d, f)
        .addIf(config.mlpBias(), "mlp.down_proj.bias", d)
        .add("input_layernorm.weight", d)
        .add("post_attention_layernorm.weight", d)
        .addIf(config.queryKeyNorm(), "self_attn.q_norm.weight", head)
        .addIf(config.queryKeyNorm(), "self_attn.k_norm.weight", head)
        .build();
  }
}
