package dev.keizoku.llm.config;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads the {@code config.json} of the first Qwen generation ({@code QWenLMHeadModel}, the family
 * of rinna/nekomata) in the words of the second, which has the same shapes: biases on queries, keys
 * and values only, as many key heads as query heads, a gated MLP. {@code intermediate_size} there
 * counts gate and up together.
 *
 * <p>Source: Qwen/Qwen-14B {@code modeling_qwen.py}, QWenMLP and QWenAttention.
 */
final class FirstQwenConfig {
  private FirstQwenConfig() {}

  /** The same configuration as Qwen2 would write it. */
  static Map<String, Object> translate(Map<String, Object> json) {
    var translated = new LinkedHashMap<String, Object>();
    for (var same :
        new String[] {
          "vocab_size",
          "hidden_size",
          "num_hidden_layers",
          "num_attention_heads",
          "tie_word_embeddings"
        }) {
      copy(json, same, translated, same);
    }
    // Beyond the length of training its attention changes (dynamic NTK, log n scaling).
    copy(json, "max_position_embeddings", translated, "max_position_embeddings");
    copy(json, "seq_length", translated, "max_position_embeddings");
    copy(json, "kv_channels", translated, "head_dim");
    copy(json, "layer_norm_epsilon", translated, "rms_norm_eps");
    copy(json, "rotary_emb_base", translated, "rope_theta");
    if (json.get("intermediate_size") instanceof Number both) {
      translated.put("intermediate_size", both.longValue() / 2);
    }
    return translated;
  }

  private static void copy(
      Map<String, Object> from, String name, Map<String, Object> to, String newName) {
    if (from.get(name) != null) {
      to.put(newName, from.get(name));
    }
  }
}
