package dev.keizoku.trainer.export;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keizoku.contract.bytes.Json;
import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.config.ModelFamily;
import dev.keizoku.tokenizer.TiktokenAsJson;
import dev.keizoku.tokenizer.TokenizerFiles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A model of the first Qwen generation in the words of the second, which computes the same: so it
 * loads in any program without the code that the first needs. Its tokenizer becomes a {@code
 * tokenizer.json} with equal ids.
 *
 * <p>Source: Qwen/Qwen-14B {@code modeling_qwen.py}; transformers {@code configuration_qwen2.py}.
 */
final class QwenAsQwen2 {
  private static final String EOS = "<|endoftext|>";

  private QwenAsQwen2() {}

  static ExportedModel of(ExportedModel model) {
    var json = configuration(model.config(), model.configJson());
    var files = new TreeMap<>(model.files());
    files.keySet().removeIf(name -> name.endsWith(".py"));
    var vocabulary = files.remove(TokenizerFiles.TIKTOKEN);
    if (vocabulary != null) {
      files.computeIfAbsent(
          TokenizerFiles.JSON, name -> TiktokenAsJson.of(TokenizerFiles.TIKTOKEN, vocabulary));
    }
    var settings = TokenizerFiles.SPECIAL_TOKENS.getFirst();
    files.put(settings, Json.bytes(tokenizerSettings(files.get(settings))));
    return new ExportedModel(ModelConfig.of(json), json, files);
  }

  private static Map<String, Object> configuration(ModelConfig config, Map<String, Object> first) {
    var json = new LinkedHashMap<String, Object>();
    json.put("architectures", List.of(ModelFamily.QWEN2.architecture()));
    json.put("model_type", ModelFamily.QWEN2.modelType());
    json.put("vocab_size", config.vocabularySize());
    json.put("hidden_size", config.hiddenSize());
    json.put("intermediate_size", config.intermediateSize());
    json.put("num_hidden_layers", config.layers());
    json.put("num_attention_heads", config.heads());
    json.put("num_key_value_heads", config.keyValueHeads());
    json.put("head_dim", config.headSize());
    // Beyond it the first generation's attention changes, which Qwen2's has no words for.
    json.put("max_position_embeddings", config.maxPositions());
    json.put("rms_norm_eps", config.normEpsilon());
    json.put("rope_theta", first.getOrDefault("rotary_emb_base", 10000));
    json.put("tie_word_embeddings", config.tiedEmbeddings());
    json.put("hidden_act", "silu");
    json.put("attention_dropout", 0.0);
    json.put("use_sliding_window", false);
    json.put("use_cache", true);
    for (var same : List.of("initializer_range", "eos_token_id", "bos_token_id", "pad_token_id")) {
      if (first.get(same) != null) {
        json.put(same, first.get(same));
      }
    }
    return json;
  }

  /** Those that were there, without the class that needs code. */
  private static Map<String, Object> tokenizerSettings(byte[] before) {
    var settings = new TreeMap<String, Object>();
    if (before != null) {
      var json = Json.read(before, JsonNode.class, TokenizerFiles.SPECIAL_TOKENS.getFirst());
      json.properties().forEach(field -> settings.put(field.getKey(), field.getValue()));
    }
    settings.remove("auto_map");
    settings.put("tokenizer_class", "PreTrainedTokenizerFast");
    settings.put("clean_up_tokenization_spaces", false);
    settings.putIfAbsent("eos_token", EOS);
    settings.putIfAbsent("pad_token", EOS);
    return settings;
  }
}
