package dev.keizoku.trainer.plan.memory;

import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.model.LanguageModelHead;

/**
 * Bytes of activations. The count of Korthikanti et al. 2022, section 4.1 ({@code sbh(34 + 5as/h)}
 * for GPT) done again for this project's block: flash attention (no {@code 5as/h} term), no dropout
 * masks, SwiGLU instead of GELU, grouped keys and values, a residual stream in fp32.
 *
 * <p>Legend: T tokens, D hidden size, Q and K widths of queries and keys, F intermediate size, V
 * vocabulary, e bytes of an element.
 *
 * @param config the model
 * @param tokens T of a micro-batch
 * @param elementBytes e, 2 or 4
 * @param longest tokens of the longest document, which is a sequence at most
 * @param host computed in host memory, not on a GPU
 */
record ActivationMemory(
    ModelConfig config, long tokens, long elementBytes, long longest, boolean host) {
  private static final long FP32 = 4;

  /** A layer's input, the one thing that checkpointing keeps: 4 T D. */
  long layerInput() {
    return tokens * FP32 * config.hiddenSize();
  }

  /**
   * What a layer's backward pass needs beside its input: the residual stream in the middle (fp32),
   * both normed inputs, queries, keys and values before and after rotation, the attention's output,
   * gate and up, and fp32 scalars a row (two norms, the log-sum-exp of each head). Where queries
   * and keys are normed, they are there once more, with a scalar a head.
   */
  long layerSaved() {
    long d = config.hiddenSize();
    long q = config.queryWidth();
    long k = config.keyValueWidth();
    var typed = 2 * d + (2 * q + 3 * k) + q + 2L * config.intermediateSize() + normed();
    var scales = 2 + config.heads() + normed() / config.headSize();
    return tokens * (FP32 * (d + scales) + elementBytes * typed);
  }

  /** The largest tensor that comes and goes in a layer. */
  long layerTensor() {
    return tokens * Math.max(FP32 * config.hiddenSize(), elementBytes * config.intermediateSize());
  }

  /** Width of queries and keys that are normed. */
  private long normed() {
    return config.queryKeyNorm() ? config.queryWidth() + config.keyValueWidth() : 0;
  }

  /** Gradients that a layer's backward pass holds at its fullest: in the MLP or the attention. */
  long layerGradients() {
    long d = config.hiddenSize();
    long q = config.queryWidth();
    long k = config.keyValueWidth();
    long f = config.intermediateSize();
    var mlp = FP32 * d + elementBytes * (2 * d + 4 * f);
    // The kernel gives a gradient of keys and values to every query head: 3 Q more.
    var attention =
        FP32 * (2 * d + normed()) + elementBytes * (3 * d + f + (3 * q + 3 * k) + 3 * q);
    // The window's mask is added to the scores in their own type.
    var mask = elementBytes == FP32 ? 0 : windowMask() / FP32 * elementBytes;
    return Math.max(tokens * mlp, tokens * attention + mask);
  }

  /**
   * The mask of the longest document, fp32, all through the pass; 0 where the window holds it, and
   * on a GPU, whose attention knows windows.
   */
  long windowMask() {
    return host && longest > config.window().tokens() ? FP32 * longest * longest : 0;
  }

  /** The head's rows: last residual stream, normed input and its gradient. */
  long headRows() {
    return tokens * config.hiddenSize() * (FP32 + 2 * elementBytes);
  }

  /** What comes and goes over them: a chunk of logits or two fp32 rows of the norm's gradient. */
  long lossWork() {
    return Math.max(logitsChunk(), tokens * config.hiddenSize() * 2 * FP32);
  }

  /**
   * In fp32, and in host memory, a chunk is worked on in place; else it may exist in fp32 too.
   * After that it exists beside a part of the output layer's gradient.
   */
  private long logitsChunk() {
    long rows = Math.min(LanguageModelHead.chunkRows(config, host), tokens);
    var logits = rows * config.vocabularySize();
    if (elementBytes == FP32) {
      return logits * FP32;
    }
    var product = elementBytes * LanguageModelHead.productElements(config, host);
    return logits * elementBytes + (host ? product : Math.max(logits * FP32, product));
  }
}
