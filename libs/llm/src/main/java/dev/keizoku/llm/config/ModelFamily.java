package dev.keizoku.llm.config;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The families of models that can be loaded, and all in which they differ that no number in their
 * {@code config.json} says. A new one is added here.
 *
 * <p>Source: transformers {@code configuration_*.py} and {@code modeling_*.py} of each.
 */
public enum ModelFamily {
  /** The first Qwen generation; see {@link FirstQwenConfig} for the words of its configuration. */
  QWEN("qwen", "QWenLMHeadModel", Window.SWITCHED),
  QWEN2("qwen2", "Qwen2ForCausalLM", Window.SWITCHED),
  QWEN3("qwen3", "Qwen3ForCausalLM", Window.SWITCHED),
  LLAMA("llama", "LlamaForCausalLM", Window.NONE),
  MISTRAL("mistral", "MistralForCausalLM", Window.ALWAYS);

  /** When a configuration's {@code sliding_window} counts. */
  enum Window {
    NONE,
    /** Where {@code use_sliding_window} says so, and only in some blocks. */
    SWITCHED,
    /** Wherever it is not null, in all blocks. */
    ALWAYS
  }

  private final String modelType;
  private final String architecture;
  private final Window window;

  ModelFamily(String modelType, String architecture, Window window) {
    this.modelType = modelType;
    this.architecture = architecture;
    this.window = window;
  }

  /** The family of a {@code model_type}; empty where it is not supported. */
  static Optional<ModelFamily> of(String modelType) {
    return Arrays.stream(values()).filter(f -> f.modelType.equals(modelType)).findFirst();
  }

  /** All of them, for a sentence. */
  static String names() {
    return Arrays.stream(values()).map(ModelFamily::modelType).collect(Collectors.joining(", "));
  }

  /** As {@code model_type} in {@code config.json}. */
  public String modelType() {
    return modelType;
  }

  /** As in {@code architectures} in {@code config.json}. */
  public String architecture() {
    return architecture;
  }

  /** Whether configuration and weights have words of their own instead of those of the others. */
  public boolean ownWords() {
    return this == QWEN;
  }

  /** Whether queries, keys and values have biases, and nothing else has, whatever is configured. */
  boolean fixedBiases() {
    return this == QWEN || this == QWEN2;
  }

  /** Whether queries and keys are normed, a head at a time. */
  boolean queryKeyNorm() {
    return this == QWEN3;
  }

  /** What transformers takes for a configuration without {@code head_dim}; 0: D / heads. */
  int usualHeadSize() {
    return this == QWEN3 ? 128 : 0;
  }

  Window window() {
    return window;
  }
}
