package dev.keizoku.llm.weights;

import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.config.ModelLayout;
import dev.keizoku.llm.config.ParameterSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a family's files name the tensors. Parameters have the names of Qwen2, Llama and Mistral; the
 * first Qwen generation has names of its own and keeps query, key and value in one tensor. Source:
 * Qwen/Qwen-14B {@code modeling_qwen.py}.
 */
final class HfWeightNames {
  /** The output layer, in every family. */
  static final String OUTPUT = "lm_head.weight";

  private static final Map<String, String> FIRST_QWEN =
      Map.ofEntries(
          Map.entry("model.embed_tokens.weight", "transformer.wte.weight"),
          Map.entry("model.norm.weight", "transformer.ln_f.weight"),
          Map.entry(OUTPUT, OUTPUT),
          Map.entry("self_attn.q_proj.weight", "attn.c_attn.weight"),
          Map.entry("self_attn.k_proj.weight", "attn.c_attn.weight"),
          Map.entry("self_attn.v_proj.weight", "attn.c_attn.weight"),
          Map.entry("self_attn.q_proj.bias", "attn.c_attn.bias"),
          Map.entry("self_attn.k_proj.bias", "attn.c_attn.bias"),
          Map.entry("self_attn.v_proj.bias", "attn.c_attn.bias"),
          Map.entry("self_attn.o_proj.weight", "attn.c_proj.weight"),
          Map.entry("mlp.gate_proj.weight", "mlp.w2.weight"),
          Map.entry("mlp.up_proj.weight", "mlp.w1.weight"),
          Map.entry("mlp.down_proj.weight", "mlp.c_proj.weight"),
          Map.entry("input_layernorm.weight", "ln_1.weight"),
          Map.entry("post_attention_layernorm.weight", "ln_2.weight"));

  private HfWeightNames() {}

  /** The tensors of a model's files, in the order of the parameters. */
  static List<FileTensor> of(ModelLayout layout) {
    var parts = new LinkedHashMap<String, List<ParameterSpec>>();
    for (var unit : layout.units()) {
      for (var parameter : unit.parameters()) {
        parts
            .computeIfAbsent(name(parameter.name(), layout.config()), n -> new ArrayList<>())
            .add(parameter);
      }
    }
    var tensors = new ArrayList<FileTensor>();
    parts.forEach((name, specs) -> tensors.add(new FileTensor(name, List.copyOf(specs))));
    return tensors;
  }

  private static String name(String parameter, ModelConfig config) {
    if (!config.family().ownWords()) {
      return parameter;
    }
    var layer = "model.layers.";
    if (!parameter.startsWith(layer)) {
      return FIRST_QWEN.get(parameter);
    }
    var end = parameter.indexOf('.', layer.length());
    return "transformer.h."
        + parameter.substring(layer.length(), end + 1)
        + FIRST_QWEN.get(parameter.substring(end + 1));
  }

  /** True for a tensor that files may hold although the model has no such parameter. */
  static boolean ignorable(String name, ModelConfig config) {
    // Older exports kept the rotary frequencies; tied models sometimes store the output twice.
    return name.endsWith("rotary_emb.inv_freq") || (config.tiedEmbeddings() && name.equals(OUTPUT));
  }
}
